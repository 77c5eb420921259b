import { Button, Checkbox, Group } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FigureEntry, Finding, Grid, SavedFigures } from '#indicators/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useSession } from '../../kit/session.tsx'
import type { SheetActs, SheetChange, SheetRow } from '../../kit/sheet/rows.ts'
import { Sheet } from '../../kit/sheet/Sheet.tsx'
import { SheetUndo } from '../../kit/sheet/SheetUndo.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { oneOf } from '../../kit/url.ts'
import { write } from '../../plans/requests.ts'
import { indicatorsTo, names } from '../addresses.ts'
import { filesTo } from '../files/addresses.ts'
import { LockNote } from '../locks/LockNote.tsx'
import { FindingNotes } from '../quality/FindingNotes.tsx'
import { useFindings } from '../quality/queries.ts'
import { gridQuery, useDictionary, useNames, useRenewIndicators, type Names } from '../queries.ts'
import { amountWords, periodWords } from '../words.ts'
import styles from './Entry.module.css'
import { partsWords } from './parts.ts'
import { RowFacts } from './RowFacts.tsx'
import {
  entryOf,
  heldOf,
  isRatio,
  judge,
  keyOf,
  readStanding,
  usualStatus,
  written,
  type ColumnName,
  type EntryRow,
  type Reading,
} from './rows.ts'
import { cellsOf, factsOf, figureColumns, standingsByWords, type Shown } from './sheet.ts'
import { useDrafts, type Drafts } from './useDrafts.ts'

/** Figures of a period: all measures of one unit, or one measure of all one's units. */
export function EntryPage() {
  const t = useText()
  const url = useUrl()
  const measureId = oneOf(url[names.measure])
  const asked = {
    measureId,
    unitId: measureId === undefined ? oneOf(url[names.unit]) : undefined,
    period: oneOf(url[names.period]),
  }
  const { person, actingPostId } = useSession()
  const { locale } = useFormat()
  const { data, error, refetch } = useQuery(gridQuery(asked))
  const known = useNames()
  const name = data && `figures.${person.id}.${actingPostId ?? ''}.${gridName(data)}`
  return (
    <>
      <PageHeader
        title={t('indicators.entry')}
        state={data && t('indicators.entry-state', { period: periodWords(data.period.id, t) })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.entry') }]}
        acts={
          <Button component={Link} to={filesTo} variant="default">
            {t('indicators.files-by-file')}
          </Button>
        }
      />
      {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {data && known.isKnown && <Choices grid={data} known={known} />}
      {data && <LockNote period={data.period.id} measureId={data.measureId} />}
      {data && name && known.isKnown && <Written key={`${name} ${locale}`} name={name} grid={data} known={known} />}
    </>
  )
}

const gridName = (grid: Grid): string => `${grid.period.id}.${grid.unitId ?? ''}.${grid.measureId ?? ''}`

function Choices({ grid, known }: { grid: Grid; known: Names }) {
  const t = useText()
  const setUrl = useSetUrl()
  const dictionary = useDictionary()
  const measures = (dictionary.data?.indicators ?? []).flatMap((one) => one.measures)
  return (
    <div className={`${styles.choices} screen-only`}>
      <SelectField
        id="period"
        label={t('indicators.period')}
        choices={grid.periods.map(({ id }) => ({ value: id, label: periodWords(id, t) }))}
        value={grid.period.id}
        onChange={(period) => setUrl({ [names.period]: period, [names.unit]: undefined }, true)}
      />
      <SelectField
        id="measure"
        label={t('indicators.entry-of')}
        choices={[
          { value: '', label: t('indicators.entry-of-unit') },
          ...measures.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={grid.measureId ?? ''}
        onChange={(measure) => setUrl({ [names.measure]: measure || undefined }, true)}
      />
      {grid.measureId === null && grid.units.length > 1 && (
        <SelectField
          id="unit"
          label={t('indicators.unit')}
          choices={grid.units.map(({ id, name }) => ({ value: id, label: name }))}
          value={grid.unitId ?? ''}
          onChange={(unit) => setUrl({ [names.unit]: unit }, true)}
        />
      )}
      {grid.measureId !== null && <p className={styles.quiet}>{known.measure(grid.measureId)?.measure.name}</p>}
    </div>
  )
}

function useReading(grid: Grid): Reading {
  const { today } = useSession()
  const format = useFormat()
  return { period: grid.period, today, locale: format.locale, print: (value) => format.number(value, 4) }
}

/** What was sent is held against the rules a moment later. */
const againAfterMs = 10_000

function without(drafts: Drafts, key: string): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== key))
}

/** The rows with what is being written in them. */
function useRows(grid: Grid, known: Names, drafts: Drafts, findings: ReadonlyMap<string, Finding[]>): Shown[] {
  const reading = useReading(grid)
  const t = useText()
  const format = useFormat()
  const entries = grid.rows.flatMap((row): EntryRow[] => {
    const found = known.measure(row.measureId)
    return found === undefined ? [] : [{ key: keyOf(row), row, measure: found.measure }]
  })
  const judged = entries.map((entry) => ({
    entry,
    judged: judge(entry, drafts[entry.key] ?? heldOf(entry.row, reading.print), reading),
  }))
  return judged.map((one): Shown => {
    const { row, measure } = one.entry
    const part = known.breakdown(row.breakdown)
    const whole = grid.measureId === null ? measure.name : row.unit.name
    const isPart = row.breakdown !== ''
    return {
      ...one,
      isPart,
      name: isPart ? t('indicators.part-of', { name: whole, part }) : whole,
      detail:
        isPart || grid.measureId !== null || !isRatio(measure)
          ? null
          : t('indicators.ratio-of', { numerator: measure.numerator ?? '', denominator: measure.denominator ?? '' }),
      findings: one.judged.isChanged || row.figure === null ? [] : (findings.get(row.figure.cellId) ?? []),
      words: isPart ? null : partsWords(one, judged, { known, t, format }),
    }
  })
}

function Written({ name, grid, known }: { name: string; grid: Grid; known: Names }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const reading = useReading(grid)
  const held = useDrafts(name, reading.locale)
  const findings = useFindings(
    { period: grid.period.id, unitId: grid.unitId ?? undefined, measureId: grid.measureId ?? undefined },
    againAfterMs,
  )
  const all = useRows(grid, known, held.drafts, findings)
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const [withParts, setWithParts] = useState(false)
  const hasParts = all.some(({ isPart }) => isPart)
  const shown = all.filter(({ isPart, judged }) => !isPart || withParts || judged.isChanged)
  const rows = shown.map((one) => ({ ...one, words: refused.get(one.entry.key) ?? one.words }))
  const changed = all.filter(({ judged }) => judged.isChanged)
  const ready = changed.filter(({ judged }) => judged.fault === null)
  const byKey = new Map(all.map(({ entry }) => [entry.key, entry]))
  const named = standingsByWords(t)
  const laid =
    (changes: readonly SheetChange<ColumnName>[]) =>
    (now: Drafts): Drafts =>
      changes.reduce((drafts: Drafts, { key, column, text }) => {
        const entry = byKey.get(key)
        if (entry === undefined) return drafts
        const said = column === 'standing' ? (readStanding(text, named) ?? '') : text
        const draft = drafts[key] ?? heldOf(entry.row, reading.print)
        const next = written(draft, column, said, usualStatus(reading))
        if (judge(entry, next, reading).isChanged) return { ...drafts, [key]: next }
        return without(drafts, key)
      }, now)
  const send = useMutation({
    mutationFn: async (sent: readonly Shown[]) => {
      const cells: FigureEntry[] = sent.map(({ entry, judged }) => entryOf(entry, judged, grid.period))
      return write<SavedFigures>('PUT', '/figures', { cells })
    },
    onSuccess: async (saved, sent) => {
      const taken = saved.rows.flatMap((row) => {
        const one = sent[row.row]
        if (!row.ok || one === undefined) return []
        return [[one.entry.key, { draft: one.judged.draft, vintage: row.vintage }] as const]
      })
      setRefused(new Map(saved.rows.flatMap((row) => (row.ok ? [] : [[sent[row.row]?.entry.key ?? '', row.title]]))))
      await renew()
      held.settle(new Map(taken))
      toast({
        kind: saved.refused === 0 ? 'done' : 'note',
        text: t('indicators.sent', { taken: saved.taken, refused: saved.refused }),
      })
    },
  })
  const forgive = (key: string) => setRefused((now) => new Map([...now].filter(([name]) => name !== key)))
  const keepMine = (entry: EntryRow) => {
    forgive(entry.key)
    held.change((now) => {
      const mine = now[entry.key]
      return mine === undefined
        ? now
        : { ...now, [entry.key]: { ...mine, seen: entry.row.figure?.latest.vintage ?? null } }
    })
  }
  const takeHeld = (entry: EntryRow) => {
    forgive(entry.key)
    held.change((now) => without(now, entry.key))
  }
  const acts: SheetActs<ColumnName> = {
    change: (changes) => held.change(laid(changes)),
    type: (change) => held.type(laid([change])),
    ...{ commit: held.commit, cancel: held.cancel, undo: held.undo, redo: held.redo },
  }
  if (all.length === 0) return <Empty title={t('indicators.nothing-to-enter')}>{t('indicators.nothing-words')}</Empty>
  const wholes = all.filter(({ isPart }) => !isPart)
  const given = wholes.filter(({ judged }) => judged.draft.standing !== '')
  return (
    <>
      <ErrorSummary problem={send.error} />
      {send.error !== null && <p className={styles.quiet}>{t('indicators.kept-here')}</p>}
      <p className={styles.quiet}>{t('indicators.grid-help')}</p>
      <Group gap="xs" className="screen-only">
        <Button
          leftSection={<IconSend size={18} stroke={1.6} aria-hidden />}
          loading={send.isPending}
          disabled={ready.length === 0}
          onClick={() => send.mutate(ready)}
        >
          {t('indicators.send', { count: ready.length })}
        </Button>
        <SheetUndo of={held} />
        {hasParts && (
          <Checkbox
            label={t('indicators.with-parts')}
            checked={withParts}
            onChange={(event) => setWithParts(event.currentTarget.checked)}
          />
        )}
      </Group>
      <p role="status" className={styles.state}>
        {t('indicators.grid-state', {
          given: given.length,
          of: wholes.length,
          changed: changed.length,
          faulty: changed.length - ready.length,
        })}
      </p>
      <FindingNotes of={findings.get('') ?? []} />
      <Sheet
        caption={t('indicators.entry')}
        head={t(grid.measureId === null ? 'indicators.measure' : 'indicators.unit')}
        columns={figureColumns(t)}
        facts={facts.map((fact) => ({ name: fact, title: t('indicators.column-is', { column: fact }) }))}
        rows={rows.map((one): SheetRow<ColumnName> => ({
          ...{ key: one.entry.key, name: one.name, detail: one.detail, isPart: one.isPart },
          isChanged: one.judged.isChanged,
          cells: cellsOf(one, t),
          facts: <RowFacts shown={one} onKeep={() => keepMine(one.entry)} onTake={() => takeHeld(one.entry)} />,
          describedBy: factsOf(one.entry),
        }))}
        acts={acts}
      />
      {grid.measureId !== null && <Sum rows={wholes} />}
    </>
  )
}

const facts = ['value', 'before', 'change', 'check'] as const

/** What all units of the grid come to. */
function Sum({ rows }: { rows: readonly Shown[] }) {
  const t = useText()
  const format = useFormat()
  const [first] = rows
  const given = rows.filter(({ judged }) => judged.numerator !== null)
  if (first === undefined || given.length === 0) return null
  const { measure } = first.entry
  if (measure.aggregation === 'none' || measure.aggregation === 'weighted') return null
  const add = (of: 'numerator' | 'denominator') => given.reduce((sum, { judged }) => sum + (judged[of] ?? 0), 0)
  const [numerator, denominator] = [add('numerator'), isRatio(measure) ? add('denominator') : null]
  const value = denominator === null ? numerator : denominator === 0 ? null : (numerator / denominator) * measure.factor
  return (
    <p className={styles.sum}>
      {t('indicators.sum-of', {
        count: given.length,
        amounts: amountWords({ numerator, denominator }, format) ?? '',
        value: value === null ? '–' : format.number(value, 2),
        unit: measure.unitOfMeasure,
      })}
    </p>
  )
}
