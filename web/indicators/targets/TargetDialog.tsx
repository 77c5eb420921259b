import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Comparator, type UnitTarget, type UnitTargets } from '#indicators/model'
import { RadioField, SelectField, TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { choice } from '../../plans/words.ts'
import { readNumber } from '../../kit/sheet/read-number.ts'
import { useDictionary, useNames, useRenewIndicators } from '../queries.ts'
import { signs, valueWords } from '../words.ts'
import { changeTarget, setTarget } from './queries.ts'
import styles from './Targets.module.css'

/** Years a target may lie ahead. */
const ahead = 25

/** Sets a target for one's own unit, beside what is asked above; or changes the level of one. */
export function TargetDialog({
  of,
  changing,
  onClose,
}: {
  of: UnitTargets
  changing?: UnitTarget
  onClose: () => void
}) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenewIndicators()
  const known = useNames()
  const { today } = useSession()
  const thisYear = Number(today.slice(0, 4))
  const dictionary = useDictionary()
  const settable = (dictionary.data?.indicators ?? [])
    .flatMap(({ measures }) => measures)
    .filter(({ id }) => of.settable.includes(id))
  const [measureId, setMeasure] = useState(changing?.measureId ?? settable[0]?.id ?? '')
  const [breakdown, setBreakdown] = useState(changing?.breakdown ?? '')
  const [kind, setKind] = useState<UnitTarget['kind']>(changing?.kind ?? 'level')
  const [year, setYear] = useState(String(changing?.year ?? thisYear + 4))
  const [yearFrom, setYearFrom] = useState(String(changing?.yearFrom ?? thisYear))
  const [comparator, setComparator] = useState<Comparator>(changing?.comparator ?? '>=')
  const [typed, setTyped] = useState(changing ? format.number(changing.value, 4) : '')
  const value = readNumber(typed, format.locale)
  const measure = known.measure(measureId)?.measure
  const isUnread = typed.trim() !== '' && (value === undefined || value === null)
  const above = of.targets.filter(
    (one) => one.isAbove && one.measureId === measureId && one.breakdown === breakdown && one.kind === kind,
  )
  const saving = useMutation({
    mutationFn: async () => {
      const goal = { comparator, value: value ?? 0 }
      if (changing) return changeTarget(changing.id, { version: changing.version, ...goal })
      await setTarget({
        ...{ measureId, unitId: of.unit.id, breakdown, kind, year: Number(year), ...goal },
        yearFrom: kind === 'level' ? null : Number(yearFrom),
      })
    },
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('indicators.targets-saved') })
      onClose()
    },
  })
  const years = Array.from({ length: ahead + 1 }, (_, at) => String(thisYear + at))
  const asChoices = (list: readonly string[]) => list.map((one) => ({ value: one, label: one }))
  const parts = (measure?.breakdowns ?? []).flatMap(({ dimension }) => {
    const found = known.dimension(dimension)
    return (found?.values ?? []).map((one) => ({
      value: `${dimension}=${one.code}`,
      label: t('indicators.breakdown-is', { dimension: found?.name ?? '', value: one.name }),
    }))
  })
  return (
    <DialogForm
      title={t(changing ? 'indicators.targets-change-title' : 'indicators.targets-set-title', { unit: of.unit.name })}
      act={t('indicators.targets-save')}
      isPending={saving.isPending}
      isBlocked={measureId === '' || value === undefined || value === null}
      problem={saving.error}
      onSend={() => saving.mutate()}
      onClose={onClose}
    >
      {changing ? (
        <p>
          {t('indicators.targets-of', {
            measure: measure?.name ?? '',
            hasPart: breakdown === '' ? 'no' : 'yes',
            part: known.breakdown(breakdown),
            year,
          })}
        </p>
      ) : (
        <>
          <SelectField
            id="measureId"
            label={t('indicators.measure')}
            choices={settable.map(({ id, name }) => ({ value: id, label: name }))}
            value={measureId}
            onChange={(next) => {
              setMeasure(next)
              setBreakdown('')
            }}
          />
          {parts.length > 0 && (
            <SelectField
              id="breakdown"
              label={t('indicators.breakdown')}
              choices={[{ value: '', label: t('indicators.whole') }, ...parts]}
              value={breakdown}
              onChange={setBreakdown}
            />
          )}
          <RadioField
            id="kind"
            label={t('indicators.targets-kind')}
            value={kind}
            onChange={(next) => setKind(next === 'level' ? 'level' : 'yearly-change')}
            choices={['level', 'yearly-change'].map((one) => ({
              value: one,
              label: t('indicators.targets-kind-is', { kind: choice(one) }),
            }))}
          />
        </>
      )}
      <div className={styles.fields}>
        {!changing && kind !== 'level' && (
          <SelectField
            id="yearFrom"
            label={t('indicators.targets-from')}
            choices={asChoices(years)}
            value={yearFrom}
            onChange={setYearFrom}
          />
        )}
        {!changing && (
          <SelectField
            id="year"
            label={t('indicators.targets-year')}
            choices={asChoices(years)}
            value={year}
            onChange={setYear}
          />
        )}
        <SelectField
          id="comparator"
          label={t('indicators.targets-comparator')}
          choices={Comparator.options.map((one) => ({
            value: one,
            label: t('indicators.targets-comparator-is', { sign: comparatorNames[one] }),
          }))}
          value={comparator}
          onChange={(next) => setComparator(Comparator.parse(next))}
        />
        <TextField
          id="value"
          label={t('indicators.targets-value', {
            unit: kind === 'level' ? (measure?.unitOfMeasure ?? '') : '%',
          })}
          error={isUnread && t('indicators.unreadable', { text: typed })}
          required
          letters={12}
          maxLength={20}
          value={typed}
          onChange={setTyped}
        />
      </div>
      {above.map((one) => (
        <p key={one.id}>
          {t('indicators.targets-asked-above', {
            unit: one.unit.name,
            year: String(one.year),
            goal: signs[one.comparator] + valueWords(one.value, format),
          })}
        </p>
      ))}
    </DialogForm>
  )
}

const comparatorNames: Record<Comparator, string> = {
  '=': 'equal',
  '>=': 'at_least',
  '>': 'more',
  '<=': 'at_most',
  '<': 'less',
  '~': 'about',
}
