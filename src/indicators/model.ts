export { AbsenceReason, AggregationRule, FigureStatus, NotComparable } from './model/figure.ts'
