import { Button, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DerivationRow, PlanDetail } from '#plans/model'
import { Confirm } from '../kit/Confirm.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { LongTextField, SelectField } from '../kit/fields.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { StatusBadge, type Tone } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { editorTo, nodeTo } from './addresses.ts'
import { freeTasks, nearestTask } from './counterpart.ts'
import { decide, rewrite, type Choice } from './decide.ts'
import styles from './Derivation.module.css'
import { LateDecision } from './LateDecision.tsx'
import { DutyMark } from './DutyMark.tsx'
import { useRenew } from './queries.ts'
import { choice, withPath } from './words.ts'

const tones: Record<DerivationRow['decision'], Tone> = {
  undecided: 'pending',
  'taken-over': 'done',
  adapted: 'draft',
  'not-applicable': 'note',
}
const choices = ['undecided', 'taken-over', 'adapted', 'not-applicable'] as const

export interface DecisionRowProps {
  plan: PlanDetail
  /** The plan above, for the words a new local task begins with. */
  above: PlanDetail | undefined
  row: DerivationRow
  canDecide: boolean
  /** The plan is issued: what it left undecided may be recorded beside it. */
  canRecord: boolean
}

/** One task above, the decision, and the local task that comes of it. */
export function DecisionRow({ plan, above, row, canDecide, canRecord }: DecisionRowProps) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenew()
  const [isReasoning, setReasoning] = useState(false)
  const [reason, setReason] = useState(row.reason ?? '')
  const local = plan.nodes.find((node) => node.id === row.nodeId)
  const free = freeTasks(plan, row.parentPlanId)
  const [picked, setCounterpart] = useState<string>()
  const counterpart = free.find((node) => node.id === (picked ?? nearestTask(row.text, free)?.id))?.id
  const choose = useMutation({
    mutationFn: (choice: Choice) =>
      decide({ planId: plan.id, above, row, counterpart, isRead: local?.source != null }, choice),
    onSuccess: () => setReasoning(false),
    onError: (problem, choice) => choice.kind !== 'not-applicable' && toast({ kind: 'problem', text: words(problem) }),
    onSettled: renew,
  })
  const pick = (kind: string) => {
    if (kind === 'not-applicable') return setReasoning(true)
    const chosen = choices.find((one) => one === kind)
    if (chosen && chosen !== 'not-applicable' && chosen !== row.decision) choose.mutate({ kind: chosen })
  }
  return (
    <article className={styles.row} data-undecided={row.decision === 'undecided' || undefined}>
      <div className={styles.above}>
        {row.dutyKinds.length > 0 && (
          <p className={styles.kinds}>
            {row.dutyKinds.map((kind) => (
              <DutyMark key={kind} kind={kind} />
            ))}
          </p>
        )}
        <p className={styles.text}>
          <Link to={nodeTo(row.parentPlanId, row.parentNodeId)} className={styles.number}>
            {row.path === '' ? '•' : row.path}
          </Link>{' '}
          {row.text}
        </p>
      </div>
      <div className={styles.decision}>
        {canDecide ? (
          <SegmentedControl
            aria-label={t('plans.decision-about', { task: withPath(row.path, row.text).slice(0, 80) })}
            orientation="vertical"
            color={row.decision === 'undecided' ? 'amber' : 'bamboo'}
            fullWidth
            value={choose.isPending ? choose.variables.kind : row.decision}
            onChange={pick}
            disabled={choose.isPending || !above}
            data={choices.map((decision) => ({
              value: decision,
              label: t('plans.decision-is', { decision: choice(decision) }),
            }))}
          />
        ) : (
          <StatusBadge tone={tones[row.decision]}>
            {t('plans.decision-is', { decision: choice(row.decision) })}
          </StatusBadge>
        )}
      </div>
      <div className={styles.local}>
        {row.decision === 'not-applicable' && (
          <p className={styles.text}>
            {t('plans.reason-is', { reason: row.reason ?? '' })}
            {canDecide && (
              <Button variant="subtle" size="compact-sm" ml="xs" onClick={() => setReasoning(true)}>
                {t('plans.change-reason')}
              </Button>
            )}
          </p>
        )}
        {row.decision === 'undecided' && <p className={styles.quiet}>{t('plans.undecided-words')}</p>}
        {row.decision === 'undecided' && canRecord && <LateDecision plan={plan} row={row} />}
        {row.isAfterIssue && row.decidedAt !== null && (
          <p className={styles.quiet}>{t('plans.decided-after-issue', { date: format.dateTime(row.decidedAt) })}</p>
        )}
        {row.isPending && <p className={styles.quiet}>{t('plans.decided-pending')}</p>}
        {canDecide && !local && free.length > 0 && (
          <SelectField
            id={`counterpart-${row.parentNodeId}`}
            label={t('plans.counterpart')}
            choices={[
              { value: '', label: t('plans.counterpart-new') },
              ...free.map((node) => ({ value: node.id, label: withPath(node.path, node.text).slice(0, 100) })),
            ]}
            value={counterpart ?? ''}
            onChange={setCounterpart}
          />
        )}
        {local && <Local plan={plan} row={row} node={local} canDecide={canDecide} />}
      </div>
      <Confirm
        isOpen={isReasoning}
        title={t('plans.not-applicable-title')}
        act={t('plans.not-applicable-act')}
        isPending={choose.isPending}
        isBlocked={reason.trim() === ''}
        onConfirm={() => choose.mutate({ kind: 'not-applicable', reason })}
        onClose={() => setReasoning(false)}
      >
        <ErrorSummary problem={choose.error} />
        <LongTextField
          id="reason"
          label={t('plans.reason')}
          help={local && local.source === null ? t('plans.not-applicable-removes') : t('plans.not-applicable-help')}
          value={reason}
          onChange={setReason}
          maxLength={2000}
          required
        />
      </Confirm>
    </article>
  )
}

type LocalNode = PlanDetail['nodes'][number]

/** The local task: its words may be changed here, and then the task is adapted; the rest in the editor. */
function Local({
  plan,
  row,
  node,
  canDecide,
}: {
  plan: PlanDetail
  row: DerivationRow
  node: LocalNode
  canDecide: boolean
}) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenew()
  const [text, setText] = useState(node.text)
  const isChanged = text.trim() !== node.text
  const save = useMutation({
    mutationFn: () => rewrite(plan.id, row, text.trim()),
    onSuccess: renew,
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  if (!canDecide) {
    return (
      <p className={styles.text}>
        <Link to={nodeTo(plan.id, node.id)}>{node.path === '' ? '•' : node.path}</Link> {node.text}
      </p>
    )
  }
  return (
    <>
      <LongTextField
        id={`local-${node.id}`}
        label={t('plans.local-text')}
        value={text}
        onChange={setText}
        rows={Math.min(8, Math.max(3, Math.ceil(text.length / 55)))}
        maxLength={8000}
      />
      <p className={styles.localActs}>
        {isChanged && (
          <Button
            size="compact-md"
            loading={save.isPending}
            disabled={text.trim() === ''}
            onClick={() => save.mutate()}
          >
            {t('plans.save-adapted')}
          </Button>
        )}
        <Link to={editorTo(plan.id, node.id)}>{t('plans.edit-duties')}</Link>
      </p>
    </>
  )
}
