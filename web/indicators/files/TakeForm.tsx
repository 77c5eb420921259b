import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { CheckField, RadioField, SelectField } from '../../kit/fields.tsx'
import { Picker, type Picked } from '../../kit/Picker.tsx'
import { Section } from '../../kit/Section.tsx'
import { useText } from '../../kit/text.tsx'
import { stringifySearch } from '../../kit/url.ts'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { usePeriods } from '../periods.ts'
import { useDictionary, useOwnUnit } from '../queries.ts'
import { findUnit } from '../units.ts'
import styles from './Files.module.css'

/** A form with a row for every figure of a unit and period, filled with what was said already; it comes back as it is. */
export function TakeForm() {
  const t = useText()
  const download = useDownload()
  const own = useOwnUnit()
  const dictionary = useDictionary()
  const [picked, setPicked] = useState<Picked | null>()
  const [measureId, setMeasure] = useState('')
  const periods = usePeriods({ measureId: measureId || undefined })
  const [chosen, setPeriod] = useState<string>()
  const [isWide, setWide] = useState(false)
  const [kind, setKind] = useState('xlsx')
  const unit = picked === undefined ? (own.data ?? null) : picked
  const period = periods.choices.some(({ value }) => value === chosen) ? chosen : periods.newest
  const measures = (dictionary.data?.indicators ?? []).flatMap((one) => one.measures)
  const path = `/figures/form${stringifySearch({
    ...{ unitId: unit?.id, measureId, period, format: kind },
    below: isWide ? 'true' : undefined,
  })}`
  return (
    <Section title={t('indicators.files-form')}>
      <p className={styles.lead}>{t('indicators.files-form-words')}</p>
      <div className={styles.form}>
        <div className={styles.fields}>
          <Picker
            id="unit"
            label={t('indicators.unit')}
            what="units"
            find={findUnit}
            value={unit}
            onChange={setPicked}
          />
          <SelectField
            id="period"
            label={t('indicators.period')}
            choices={periods.choices}
            value={period ?? ''}
            onChange={setPeriod}
          />
          <SelectField
            id="measure"
            label={t('indicators.measure')}
            choices={[
              { value: '', label: t('indicators.files-all-measures') },
              ...measures.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={measureId}
            onChange={setMeasure}
          />
        </div>
        <CheckField
          id="below"
          label={t('indicators.files-below')}
          help={t('indicators.files-below-help')}
          value={isWide}
          onChange={setWide}
        />
        <RadioField
          id="kind"
          label={t('indicators.files-kind')}
          value={kind}
          onChange={setKind}
          choices={['xlsx', 'csv'].map((value) => ({ value, label: t('indicators.files-kind-is', { kind: value }) }))}
        />
        <div>
          <Button
            variant="default"
            leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
            loading={download.isPending}
            disabled={unit === null || period === undefined}
            onClick={() => download.start(path, `figures.${kind}`)}
          >
            {t('indicators.files-take-form')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
