import type { Subscriber } from '#platform'
import { obstacleSubscribers } from './obstacles/subscriptions.ts'
import { urgingSubscribers } from './urging/subscriptions.ts'

/** What reporting tells of what is recorded. */
export const reportingSubscribers: readonly Subscriber[] = [...obstacleSubscribers, ...urgingSubscribers]
