import { aDuty, aTask, by, type BodyName, type PlanWorld } from './plan-world.ts'

/** One plan with work, evidence, a signed file and an urging: ids of each. */
export async function aWholePlan(
  world: PlanWorld,
  owner: 'south' | 'north',
  office: BodyName,
): Promise<Record<string, string>> {
  const id = await world.draft(owner, [aTask({ time: by('2031-03-01'), duties: [aDuty('lead', office)] })])
  const file = String(
    (await world.done(`${owner} officer`, 'POST', `/plans/${id}/files?fileName=kh.pdf`, Buffer.from('%PDF 1'))).id,
  )
  await world.issue(owner, id)
  const { items } = await world.done(`${owner} officer`, 'GET', `/tasks?planId=${id}`)
  const task = (items as { id: string }[])[0]?.id ?? ''
  const progress = String(
    (
      await world.done(`${office} officer`, 'PUT', `/tasks/${task}/progress`, {
        version: null,
        status: 'completed',
        narrative: 'x',
        evidenceNote: null,
      })
    ).id,
  )
  const evidence = String(
    (
      await world.done(
        `${office} officer`,
        'POST',
        `/progress/${progress}/evidence?fileName=x.pdf`,
        Buffer.from('%PDF 2'),
      )
    ).id,
  )
  await world.done(`${office} officer`, 'POST', `/progress/${progress}/submission`, { version: 1 })
  const aMilestone = { name: 'Halvt', dueOn: '2031-02-01' }
  const milestone = String((await world.done(`${office} officer`, 'POST', `/tasks/${task}/milestones`, aMilestone)).id)
  const urging = String(
    (
      await world.done(`${owner} approver`, 'POST', '/urgings', {
        planId: id,
        text: 'Skynd',
        answerBy: null,
        agencyIds: [],
        occurrenceIds: [task],
      })
    ).id,
  )
  const other = await world.issued(owner, [aTask({ text: 'Syn alle bårn igjen', duties: [aDuty('lead', office)] })])
  const joint = String(
    (
      await world.done(`${office} officer`, 'POST', `/tasks/${task}/joints`, {
        nodeId: (await world.plan(`${owner} officer`, other)).nodes[0]?.id ?? '',
        enterAt: 'here',
        reason: 'Ett arbeid',
      })
    ).id,
  )
  const imported = (
    (
      await world.done(
        `${owner} officer`,
        'POST',
        '/documents/imports?fileName=x.txt',
        Buffer.from(`KẾ HOẠCH ${owner}\n`.repeat(9)),
      )
    ).import as { id: string }
  ).id
  const labels = { workIds: [task], labels: [{ label: 'x', isOn: true }] }
  const set = String((await world.done(`${owner} officer`, 'POST', '/labels/changes', labels)).id)
  await world.done(`${owner} officer`, 'POST', `/change-sets/${set}/application`, { isPartial: false })
  const { nodes, versionId } = await world.plan(`${owner} officer`, id)
  return {
    plan: id,
    file,
    task,
    progress,
    evidence,
    milestone,
    urging,
    other,
    joint,
    imported,
    set,
    node: nodes[0]?.id ?? '',
    version: versionId,
    duty: nodes[0]?.duties[0]?.id ?? '',
  }
}
