import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FigurePart, type CodeMeaning, type ForeignThing } from '#indicators/model'
import { RadioField, SelectField } from '../../kit/fields.tsx'
import { Picker, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { findMeasures } from '../links/find.ts'
import { useDictionary, useNames, useRenewIndicators } from '../queries.ts'
import { findUnit } from '../units.ts'
import own from './Exchange.module.css'
import { joinThings, meaningOf } from './queries.ts'
import { detailOf, foundWords, nameOf } from './words.ts'

const other = 'other'

/** What one thing is: of what was found, or anything else of ours. */
export function JoinDialog({ thing, onClose }: { thing: ForeignThing; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const known = useNames()
  const [chosen, setChosen] = useState(thing.found.length > 0 ? '0' : other)
  const [picked, setPicked] = useState<CodeMeaning>()
  const found = thing.found[Number(chosen)]
  const meaning = found === undefined ? picked : meaningOf(thing, found)
  const joining = useMutation({
    mutationFn: (means: CodeMeaning) => joinThings([{ id: thing.id, meaning: means }]),
    onSuccess: async ({ joined }) => {
      await renew()
      toast({ kind: 'done', text: t('indicators.exchange-joined', { count: joined }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('indicators.exchange-join-title', { name: nameOf(thing) })}
      act={t('indicators.exchange-join')}
      isPending={joining.isPending}
      isBlocked={meaning === undefined}
      problem={joining.error}
      onSend={() => meaning && joining.mutate(meaning)}
      onClose={onClose}
    >
      <p className={own.facts}>
        {[t(`indicators.things-kind-${thing.kind}`), detailOf(thing)].filter((one) => one !== '').join(' · ')}
      </p>
      {thing.found.length > 0 && (
        <RadioField
          id="meaning"
          label={t('indicators.exchange-means')}
          value={chosen}
          onChange={setChosen}
          choices={[
            ...thing.found.map((one, at) => ({
              value: String(at),
              label: t('indicators.exchange-because', {
                what: [foundWords(one, t, known), one.unit?.typeName, one.unit?.code].filter(Boolean).join(' · '),
                why: [t(`indicators.things-by-${one.by}`), one.was].filter((word) => word !== null).join(': '),
              }),
            })),
            { value: other, label: t('indicators.exchange-other') },
          ]}
        />
      )}
      {chosen === other && <Anything kind={thing.kind} onMeaning={setPicked} />}
    </DialogForm>
  )
}

type AnythingProps = { kind: ForeignThing['kind']; onMeaning: (meaning: CodeMeaning | undefined) => void }

/** Anything of ours of a kind. */
function Anything({ kind, onMeaning }: AnythingProps) {
  switch (kind) {
    case 'unit':
      return <AnyUnit onMeaning={onMeaning} />
    case 'element':
      return <AnyMeasure onMeaning={onMeaning} />
    case 'combo':
      return <AnyBreakdown onMeaning={onMeaning} />
    case 'data-set':
      return <AnyCalendar onMeaning={onMeaning} />
  }
}

type Choosing = Pick<AnythingProps, 'onMeaning'>

function AnyUnit({ onMeaning }: Choosing) {
  const t = useText()
  const [unit, setUnit] = useState<Picked | null>(null)
  return (
    <Picker
      id="unitId"
      label={t('indicators.unit')}
      required
      what="units in being"
      find={findUnit}
      value={unit}
      onChange={(picked) => {
        setUnit(picked)
        onMeaning(picked === null ? undefined : { kind: 'unit', unitId: picked.id })
      }}
    />
  )
}

function AnyMeasure({ onMeaning }: Choosing) {
  const t = useText()
  const known = useNames()
  const [measure, setMeasure] = useState<Picked | null>(null)
  const [part, setPart] = useState<FigurePart>('value')
  const isRate = measure !== null && known.measure(measure.id)?.measure.denominator !== null
  const parts = FigurePart.options.filter((one) => (one === 'value') !== isRate)
  const say = (picked: Picked | null, of: FigurePart) => {
    setMeasure(picked)
    setPart(of)
    onMeaning(
      picked === null
        ? undefined
        : { kind: 'element', measureId: picked.id, part: of, valueType: 'number', combo: null },
    )
  }
  return (
    <>
      <Picker
        id="measureId"
        label={t('indicators.measure')}
        required
        what="measures"
        find={findMeasures}
        value={measure}
        onChange={(picked) => {
          const ofRate = picked !== null && known.measure(picked.id)?.measure.denominator !== null
          say(picked, ofRate ? 'numerator' : 'value')
        }}
      />
      {isRate && (
        <RadioField
          id="part"
          label={t('indicators.exchange-which-part')}
          value={part}
          onChange={(value) => say(measure, FigurePart.parse(value))}
          choices={parts.map((value) => ({ value, label: t('indicators.exchange-part-is', { part: value }) }))}
        />
      )}
    </>
  )
}

function AnyBreakdown({ onMeaning }: Choosing) {
  const t = useText()
  const { data } = useDictionary()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const dimensions = data?.dimensions ?? []
  const say = (dimension: string, value: string) => {
    const next = { ...chosen, [dimension]: value }
    setChosen(next)
    const parts = dimensions.flatMap(({ code }) => (next[code] ? [`${code}=${next[code]}`] : []))
    onMeaning({ kind: 'combo', breakdown: parts.join(';'), options: null })
  }
  return (
    <>
      <p className={own.facts}>{t('indicators.exchange-breakdown-words')}</p>
      {dimensions.map(({ code, name, values }) => (
        <SelectField
          key={code}
          id={`dimension-${code}`}
          label={name}
          value={chosen[code] ?? ''}
          onChange={(value) => say(code, value)}
          choices={[
            { value: '', label: t('indicators.exchange-all-of-it') },
            ...values.map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
      ))}
    </>
  )
}

function AnyCalendar({ onMeaning }: Choosing) {
  const t = useText()
  const { data } = useDictionary()
  const [calendar, setCalendar] = useState('')
  const calendars = new Set(
    (data?.indicators ?? []).flatMap(({ measures }) =>
      measures.flatMap(({ periods }) => periods.map((one) => one.calendar)),
    ),
  )
  const say = (value: string) => {
    setCalendar(value)
    onMeaning({ kind: 'data-set', calendar: value === 'of-measure' ? null : value === 'plain' ? '' : value })
  }
  return (
    <SelectField
      id="calendar"
      label={t('indicators.exchange-calendar')}
      value={calendar}
      onChange={say}
      choices={[
        ...(calendar === '' ? [{ value: '', label: t('indicators.exchange-calendar-choose') }] : []),
        ...['of-measure', 'plain', ...[...calendars].filter((one) => one !== '')].map((value) => ({
          value,
          label: t('indicators.exchange-calendar-is', {
            calendar: value === 'of-measure' || value === 'plain' ? value : 'own',
          }),
        })),
      ]}
    />
  )
}
