import type { Subjects } from '#notifications'
import { obstacleSubject } from './obstacles/subject.ts'
import { urgingSubjects } from './urging/subjects.ts'

/** Records of reporting people are told of. */
export const reportingSubjects: Subjects = [obstacleSubject, ...urgingSubjects]
