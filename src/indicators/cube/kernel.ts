import { counts, width, type Job } from './layout.ts'
import { simdCode } from './simd.ts'

/**
 * One pass over runs: `starts[run]` to `starts[run + 1]` of what lies at `source` are put together at `target`. For targets
 * `starts` are addresses within a list of blocks.
 */
type Pass = (starts: number, runs: number, source: number, target: number) => void

/** The passes of a roll-up; both forms give the same bits. */
export type Kernel = Record<`${'grain' | 'block' | 'target'}${'Numbers' | 'Counts'}`, Pass>

/** Rolls one group up: slots to grains, grains to blocks, blocks to targets. */
export function perform(kernel: Kernel, job: Job): void {
  for (const { slots, grains, blocks, targets } of job.numbers) {
    kernel.grainNumbers(job.grainStarts, job.grains, slots, grains)
    kernel.blockNumbers(job.blockStarts, job.blocks, grains, blocks)
    kernel.targetNumbers(job.targetStarts, job.targets, blocks, targets)
  }
  kernel.grainCounts(job.grainStarts, job.grains, job.marks, job.grainCounts)
  kernel.blockCounts(job.blockStarts, job.blocks, job.grainCounts, job.blockCounts)
  kernel.targetCounts(job.targetStarts, job.targets, job.blockCounts, job.targetCounts)
}

/** The passes in WebAssembly, four numbers or sixteen marks at a time. */
export function simdKernel(memory: WebAssembly.Memory): Kernel {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(simdCode()), { cube: { memory } })
  return instance.exports as Kernel
}

/** Sixteen marks are counted four at a time, a byte each. */
const quarter = width / 4
const oneEach = 0x01010101

/** The passes in plain TypeScript. @param memory as it is when the roll-up begins; it must not grow meanwhile */
export function plainKernel(memory: WebAssembly.Memory): Kernel {
  const words = new Int32Array(memory.buffer)
  const eachRun = (starts: number, runs: number, visit: (run: number, from: number, to: number) => void) => {
    const first = starts >>> 2
    for (let run = 0; run < runs; run++) visit(run, words[first + run] ?? 0, words[first + run + 1] ?? 0)
  }
  return {
    grainNumbers: (starts, runs, source, target) => {
      const [slots, grains] = [source >>> 2, target >>> 2]
      eachRun(starts, runs, (run, from, to) => {
        for (let lane = 0; lane < width; lane++) {
          let sum = 0
          for (let slot = from; slot < to; slot++) sum = (sum + (words[slots + slot * width + lane] ?? 0)) | 0
          words[grains + run * width + lane] = sum
        }
      })
    },
    grainCounts: (starts, runs, source, target) => {
      const [marks, grains] = [source >>> 2, target >>> 2]
      eachRun(starts, runs, (run, from, to) => {
        for (let count = 0; count < counts; count++)
          for (let four = 0; four < quarter; four++) {
            let sum = 0
            for (let slot = from; slot < to; slot++)
              sum = (sum + (((words[marks + slot * quarter + four] ?? 0) >>> count) & oneEach)) | 0
            words[grains + (run * counts + count) * quarter + four] = sum
          }
      })
    },
    blockNumbers: (starts, runs, source, target) => {
      const wide = new Float64Array(memory.buffer)
      const [grains, blocks] = [source >>> 2, target >>> 3]
      eachRun(starts, runs, (run, from, to) => {
        for (let lane = 0; lane < width; lane++) {
          let sum = 0
          for (let grain = from; grain < to; grain++) sum += words[grains + grain * width + lane] ?? 0
          wide[blocks + run * width + lane] = sum
        }
      })
    },
    blockCounts: (starts, runs, source, target) => {
      const [octets, pairs] = [new Uint8Array(memory.buffer), new Uint16Array(memory.buffer)]
      const each = counts * width
      eachRun(starts, runs, (run, from, to) => {
        for (let place = 0; place < each; place++) {
          let sum = 0
          for (let grain = from; grain < to; grain++) sum += octets[source + grain * each + place] ?? 0
          pairs[(target >>> 1) + run * each + place] = sum
        }
      })
    },
    targetNumbers: (starts, runs, source, target) => {
      const wide = new Float64Array(memory.buffer)
      const [blocks, targets] = [source >>> 3, target >>> 3]
      eachRun(starts, runs, (run, from, to) => {
        for (let lane = 0; lane < width; lane++) {
          let sum = 0
          for (let at = from >>> 2; at < to >>> 2; at++) sum += wide[blocks + (words[at] ?? 0) * width + lane] ?? 0
          wide[targets + run * width + lane] = sum
        }
      })
    },
    targetCounts: (starts, runs, source, target) => {
      const pairs = new Uint16Array(memory.buffer)
      const [blocks, targets] = [source >>> 1, target >>> 2]
      const each = counts * width
      eachRun(starts, runs, (run, from, to) => {
        for (let place = 0; place < each; place++) {
          let sum = 0
          for (let at = from >>> 2; at < to >>> 2; at++) sum += pairs[blocks + (words[at] ?? 0) * each + place] ?? 0
          words[targets + run * each + place] = sum
        }
      })
    },
  }
}
