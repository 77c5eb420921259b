/** Memory all threads and the kernel share, given out from the start onwards and never given back; it grows as it is taken. */
export type Room = { memory: WebAssembly.Memory; taken: number }

const page = 65_536
/** What 32-bit addresses reach. */
const mostPages = 65_536
/** Room is taken in steps, so that it is not moved on for each array. */
const step = 64

export function openRoom(): Room {
  const memory = new WebAssembly.Memory({ initial: step, maximum: mostPages, shared: true })
  // Address 0 says "none".
  return { memory, taken: 64 }
}

/** Takes bytes, all zero. @returns their address, a multiple of 64 */
export function take(room: Room, bytes: number): number {
  const address = room.taken
  const end = address + Math.ceil(bytes / 64) * 64
  const missing = Math.ceil((end - room.memory.buffer.byteLength) / page)
  if (missing > 0) {
    const have = room.memory.buffer.byteLength / page
    room.memory.grow(Math.max(missing, Math.min(step, mostPages - have)))
  }
  room.taken = end
  return address
}
