import { useQuery } from '@tanstack/react-query'
import type { MapPicture as Drawn, MapUnit, MeasureRow } from '#indicators/model'
import type { MapGround } from '#territory/model'
import { choice } from '../../plans/words.ts'
import { read } from '../../plans/requests.ts'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { DataTable } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { SelectField } from '../../kit/fields.tsx'
import { Section } from '../../kit/Section.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { names } from '../addresses.ts'
import { periodWords, valueWords } from '../words.ts'
import { Legend, Swatch } from './Legend.tsx'
import { askedOf, keptWords, notesOf, type LookedAt } from './looked.ts'
import { OutlinePicture, TilesPicture } from './MapPicture.tsx'
import { NotTold } from './NotTold.tsx'
import { PictureFrame } from './PictureFrame.tsx'
import styles from './Pictures.module.css'
import { shownWords } from './picture-words.ts'
import { mapQuery } from './queries.ts'
import type { Table } from './save-picture.ts'

/** The units of a level where they lie: in outlines an operator brought, or as tiles, which need none. */
export function MapPart({ looked }: { looked: LookedAt }) {
  const t = useText()
  const format = useFormat()
  const url = useUrl()
  const setUrl = useSetUrl()
  const { measure, period, level } = looked
  const { data, error, refetch } = useQuery(mapQuery(measure.id, { ...askedOf(looked), period, level }))
  const { data: ground } = useQuery({
    queryKey: ['territory', 'map', data?.level, data?.asOf, looked.unitId],
    queryFn: ({ signal }) =>
      read<MapGround>('/territory/map', { level: data?.level, asOf: data?.asOf, unitId: looked.unitId }, signal),
    enabled: data !== undefined,
    staleTime: 600_000,
  })
  const title = t('pictures.map')
  if (error) return <NotTold error={error} title={title} onRetry={() => void refetch()} />
  if (!data || !ground) return <p role="status">{t('kit.table-loading')}</p>
  if (data.units.length === 0) return null
  const hasTiles = ground.tiles.length > 0
  if (!hasTiles && ground.outlines === null)
    return (
      <Section title={title}>
        <Empty title={t('pictures.no-outlines')}>{t('pictures.no-outlines-words')}</Empty>
      </Section>
    )
  const asked = oneOf(url[names.picture])
  const isTiles = ground.outlines === null || (hasTiles && asked === 'o')
  const sources = isTiles ? [] : (ground.outlines?.sources ?? [])
  const lacking = isTiles ? 0 : (ground.outlines?.lacking ?? 0)
  return (
    <PictureFrame
      title={title}
      subject={t('pictures.map-of', { name: measure.name, unit: looked.unitName, period: periodWords(period, t) })}
      notes={[
        ...notesOf({ measure, basis: data.basis, asOf: data.asOf, period, sources }, t, format),
        ...(isTiles ? [t('pictures.tiles-words')] : []),
        ...(lacking > 0 ? [t('pictures.lacking-words', { count: lacking })] : []),
      ]}
      draw={(size) =>
        isTiles ? (
          <TilesPicture map={data} ground={ground} measure={measure} size={size} />
        ) : (
          <OutlinePicture map={data} ground={ground} measure={measure} size={size} />
        )
      }
      legend={<MapLegend map={data} measure={measure} />}
      kept={keptWords(measure, data.basis, t)}
      table={() => tableOf(data)}
      acts={
        hasTiles &&
        ground.outlines !== null && (
          <SelectField
            id="map-kind"
            label={t('pictures.map-kind')}
            choices={['outlines', 'tiles'].map((kind) => ({ value: kind, label: t('pictures.map-kind-is', { kind }) }))}
            value={isTiles ? 'tiles' : 'outlines'}
            onChange={(kind) => setUrl({ [names.picture]: kind === 'tiles' ? 'o' : undefined })}
          />
        )
      }
    >
      <MapTable map={data} measure={measure} />
    </PictureFrame>
  )

  function tableOf({ units }: Drawn): Table {
    return {
      head: [
        ...[t('pictures.code'), t('indicators.unit'), t('pictures.value-in', { unit: measure.unitOfMeasure })],
        ...[t('pictures.class'), t('pictures.state'), t('indicators.coverage'), t('pictures.expected')],
      ],
      rows: units.map(({ code, name, value, step, apart, reported, expected }) => [
        ...[code, name, value, step, apart === null ? '' : t('pictures.apart-is', { apart: choice(apart) })],
        ...[reported, expected],
      ]),
    }
  }
}

/** The classes with their bounds, and the marks of those that have none. */
function MapLegend({ map, measure }: { map: Drawn; measure: MeasureRow }) {
  const t = useText()
  const format = useFormat()
  const has = (apart: MapUnit['apart']) => map.units.some((unit) => unit.apart === apart)
  const classes = map.steps.slice(0, -1).map((low, at) => ({
    id: `step${at + 1}`,
    mark: <Swatch look={styles[`step${at + 1}`]} />,
    words: t('pictures.class-is', {
      ...{ step: at + 1, low: valueWords(low, format), high: valueWords(map.steps[at + 1] ?? low, format) },
      unit: measure.unitOfMeasure,
    }),
  }))
  const others = [
    { id: 'low-coverage', is: has('low-coverage'), mark: <Swatch look={styles.step2} over="low" /> },
    { id: 'missing', is: has('missing'), mark: <Swatch look={styles.bareArea} /> },
    { id: 'not-comparable', is: has('not-comparable'), mark: <Swatch look={styles.brokenArea} /> },
    { id: 'hidden', is: has('hidden'), mark: <Swatch look={styles.hiddenArea} over="hidden" /> },
  ]
  return (
    <Legend
      marks={[
        ...classes,
        ...others
          .filter(({ is }) => is)
          .map(({ id, mark }) => ({ id, mark, words: t('pictures.apart-is', { apart: choice(id) }) })),
      ]}
    />
  )
}

function MapTable({ map, measure }: { map: Drawn; measure: MeasureRow }) {
  const t = useText()
  const format = useFormat()
  return (
    <DataTable
      id="picture-map"
      caption={t('pictures.map')}
      columns={[
        { id: 'unit', title: t('indicators.unit'), width: '14rem', cell: (row) => row.name },
        {
          ...{ id: 'value', title: t('indicators.value'), unit: measure.unitOfMeasure, align: 'end', width: '10rem' },
          cell: (row) => shownWords(row, t, format),
        },
        { id: 'class', title: t('pictures.class'), align: 'end', width: '5rem', cell: (row) => row.step },
        {
          ...{ id: 'state', title: t('pictures.state'), width: '12rem' },
          cell: ({ apart }) => (apart === null ? '' : t('pictures.apart-is', { apart: choice(apart) })),
        },
        {
          ...{ id: 'coverage', title: t('indicators.coverage'), align: 'end', width: '8rem' },
          cell: (row) => `${format.number(row.reported)} / ${format.number(row.expected)}`,
        },
      ]}
      rows={map.units}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
    />
  )
}
