import type { Subscriber } from '#platform'
import { obstacleSubscribers } from './obstacles/subscriptions.ts'

/** What reporting tells of what is recorded. */
export const reportingSubscribers: readonly Subscriber[] = [...obstacleSubscribers]
