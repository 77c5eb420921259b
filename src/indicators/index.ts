export { commonAreas, type CommonArea } from './rollup/common.ts'
export { answeringOn, lastDay, levelOn, lineOn, openGround, unitsOn, type Ground } from './rollup/ground.ts'
export { restateOn, type Portions, type Restatement } from './rollup/restate.ts'
export { rollUp, type Cell, type Measuring, type Part, type RollUp, type Total } from './rollup/total.ts'
