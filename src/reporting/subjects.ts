import type { Subjects } from '#notifications'
import { obstacleSubject } from './obstacles/subject.ts'

/** Records of reporting people are told of. */
export const reportingSubjects: Subjects = [obstacleSubject]
