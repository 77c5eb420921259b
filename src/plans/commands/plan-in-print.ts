import type { PlanInput } from '#documents'
import type { PlanNode } from '../model.ts'

type PrintedGroup = PlanInput['taskGroups'][number]
type PrintedTask = PrintedGroup['tasks'][number]
type Tree = ReadonlyMap<string, PlanNode>

/**
 * Where each task of a plan is printed. One read from the part by owner stays there, and the tasks of the running text
 * stay in the text, as long as the words say all that the plan holds of them; every other task stands in the annex.
 * Each task is printed once.
 */
export function tasksInPrint(
  nodes: readonly PlanNode[],
  words: { continuedGroup: string; supportOpening: RegExp },
): Pick<PlanInput, 'textGroups' | 'taskGroups' | 'owners'> {
  const continued = (title: string) => words.continuedGroup.replace('{title}', () => title)
  const tree: Tree = new Map(nodes.map((node) => [node.id, node]))
  const tasks = nodes.filter((node) => node.kind === 'task')
  const owned = tasks.filter((task) => {
    const owners = ownersOf(task)
    const isSupport = owners[0]?.kind === 'support' && !words.supportOpening.test(task.text)
    return task.source?.where === 'by-agency' && !isSupport && isSaid(task, owners)
  })
  const prose = tasks.filter((task) => task.source?.where === 'prose')
  const inText = prose.length > 0 && prose.every((task) => isSaid(task, [])) ? prose : []
  const printed = new Set([...owned, ...inText])
  return {
    textGroups: groupsOf(inText, tree, continued),
    taskGroups: groupsOf(
      tasks.filter((task) => !printed.has(task)),
      tree,
      continued,
    ),
    owners: byOwner(owned),
  }
}

/** The duties that the heading over a task names: of the first one's kind, and not named in its words. */
function ownersOf(task: PlanNode): PlanNode['duties'] {
  const [first] = task.duties
  return task.duties.filter(
    (duty) => duty.kind === first?.kind && (duty.kind !== 'support' || !says(task.text, duty.raw)),
  )
}

function says(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase())
}

/** Whether the words of a task, under the names of its owners, say its duties, time, product and money. */
function isSaid(task: PlanNode, owners: PlanNode['duties']): boolean {
  return (
    task.output === null &&
    task.funding === null &&
    (task.time === null || says(task.text, task.time.text)) &&
    task.duties.every((duty) => owners.includes(duty) || says(task.text, duty.raw))
  )
}

function byOwner(tasks: readonly PlanNode[]): PlanInput['owners'] {
  const owners = new Map<string, PlanInput['owners'][number]>()
  for (const task of tasks) {
    const own = ownersOf(task)
    const names = own.map((duty) => duty.raw).join(', ')
    const isNamed = own.length === 0 || says(task.text.slice(0, names.length), own[0]?.raw ?? '')
    const kind = own[0]?.kind ?? 'lead'
    const key = isNamed ? task.id : `${kind === 'requested' ? 'requested' : ''} ${names}`
    const known = owners.get(key)
    if (known === undefined) owners.set(key, { kind, agency: isNamed ? null : names, duties: [task.text] })
    else known.duties.push(task.text)
  }
  return [...owners.values()]
}

/**
 * Tasks under the titles they lie in, in the order of the plan. A title over titles has a row of its own; one that goes
 * on after a group within it says so. The only title over everything is the section's heading, and is left out.
 */
function groupsOf(tasks: readonly PlanNode[], tree: Tree, continued: (title: string) => string): PrintedGroup[] {
  const lines = tasks.map((task) => ({ task, above: titlesOver(task, tree) }))
  const top = lines[0]?.above[0]
  const isOnly = top !== undefined && lines.every(({ above }) => above[0] === top)
  const skipped = isOnly ? 1 : 0
  const groups: PrintedGroup[] = []
  const seen = new Set<PlanNode>()
  let now: PlanNode | null | undefined
  for (const { task, above } of lines) {
    const titles = above.slice(skipped)
    const nearest = titles.at(-1) ?? null
    if (nearest !== now || groups.length === 0) {
      for (const [depth, title] of titles.entries()) {
        if (title !== nearest && seen.has(title)) continue
        const words = seen.has(title) ? continued(title.text) : title.text
        seen.add(title)
        groups.push({ label: lastOf(title.path) || null, title: words, depth, tasks: [] })
      }
      if (nearest === null) groups.push({ label: null, title: null, depth: 0, tasks: [] })
      now = nearest
    }
    groups.at(-1)?.tasks.push(printedTask(task, above.at(-1)))
  }
  return groups
}

function titlesOver(task: PlanNode, tree: Tree): PlanNode[] {
  const titles: PlanNode[] = []
  const seen = new Set<string>()
  for (let id = task.parentId; id !== null && !seen.has(id);) {
    seen.add(id)
    const above: PlanNode | undefined = tree.get(id)
    if (above?.kind === 'group') titles.unshift(above)
    id = above?.parentId ?? null
  }
  return titles
}

/** The number a title has of its own: `II.3` is printed under II as 3. */
function lastOf(path: string): string {
  return path.split('.').at(-1) ?? ''
}

function printedTask(task: PlanNode, group: PlanNode | undefined): PrintedTask {
  const isUnder = group !== undefined && group.path !== '' && task.path.startsWith(`${group.path}.`)
  // An item without a number of its own has the path of its title: it is numbered on.
  const number = isUnder ? task.path.slice(group.path.length + 1) : task.path === group?.path ? '' : task.path
  return {
    number: number || null,
    text: task.text,
    time: task.time?.text ?? null,
    output: task.output,
    funding: task.funding,
    duties: task.duties.map((duty) => ({ kind: duty.kind, agency: duty.raw })),
  }
}
