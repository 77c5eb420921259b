import type { Language } from '#platform/model'
import { optionOf, sdmxCode, type Observed, type ObservedTable } from './table.ts'

type Value = { id: string; name?: string; names?: Record<string, string> }
type Column = { id: string; values: Value[]; of: (row: Observed) => string }

/** Observations as SDMX-JSON 2.1: flat, each named by its place in the lists of values. @source interop-formats 3.6 */
export function writeSdmxJson(
  table: ObservedTable,
  of: { flow: string; preparedAt: string; sender: { id: string; name: string }; language: Language; id: string },
): Uint8Array {
  const columns = columnsOf(table, of.language)
  const places = columns.map(({ values }) => new Map(values.map(({ id }, at) => [id, at])))
  const statuses = [...new Set(table.rows.map(({ status }) => status))].toSorted()
  const comments = [...new Set(table.rows.flatMap(({ comment }) => comment ?? []))]
  const placeOfComment = new Map(comments.map((comment, at) => [comment, at]))
  const observations = Object.fromEntries(
    table.rows.map((row) => [
      columns.map((column, at) => places[at]?.get(column.of(row)) ?? 0).join(':'),
      [
        row.value,
        statuses.indexOf(row.status),
        row.comment === null ? null : (placeOfComment.get(row.comment) ?? null),
      ],
    ]),
  )
  const message = {
    meta: {
      schema: 'https://json.sdmx.org/2.1/sdmx-json-data-schema.json',
      ...{ id: of.id, prepared: of.preparedAt, test: false, contentLanguages: [of.language] },
      sender: { id: of.sender.id, name: of.sender.name, names: { [of.language]: of.sender.name } },
    },
    data: {
      structures: [
        {
          links: [{ urn: `urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=${of.flow}`, rel: 'dataflow' }],
          dimensions: {
            ...{ dataSet: [], series: [] },
            observation: columns.map(({ id, values }, at) => ({
              ...{ id, name: id, keyPosition: at, roles: id === 'TIME_PERIOD' ? ['TIME_PERIOD'] : [], values },
            })),
          },
          measures: { observation: [{ id: 'OBS_VALUE', name: 'OBS_VALUE', roles: ['PRIMARY'] }] },
          attributes: {
            ...{ dataSet: [], series: [], dimensionGroup: [] },
            observation: [
              { id: 'OBS_STATUS', name: 'OBS_STATUS', roles: [], values: statuses.map((id) => ({ id, name: id })) },
              { id: 'COMMENT_OBS', name: 'COMMENT_OBS', roles: [], values: comments.map((value) => ({ value })) },
            ],
          },
          annotations: [],
        },
      ],
      dataSets: [{ structure: 0, action: 'Replace', links: [], annotations: [], observations }],
    },
    errors: [],
  }
  return Buffer.from(JSON.stringify(message))
}

function columnsOf({ things, dimensions, rows }: ObservedTable, language: Language): Column[] {
  const column = (
    id: string,
    of: (row: Observed) => string,
    nameOf: (id: string) => Record<string, string> | undefined,
  ): Column => ({
    ...{ id, of },
    values: [...new Set(rows.map(of))].toSorted().map((value) => {
      const names = nameOf(value)
      return names === undefined ? { id: value } : { id: value, name: names[language] ?? value, names }
    }),
  })
  const areas = new Map(rows.map(({ area }) => [area.code, { [language]: area.name }]))
  const measures = new Map(things.measures.map(({ code, names }) => [sdmxCode(code), names]))
  return [
    column(
      'REF_AREA',
      ({ area }) => area.code,
      (id) => areas.get(id),
    ),
    column(
      'FREQ',
      ({ frequency }) => frequency,
      () => undefined,
    ),
    column(
      'INDICATOR',
      ({ measure }) => sdmxCode(measure.code),
      (id) => measures.get(id),
    ),
    ...dimensions.map((dimension) => {
      const values = new Map(
        things.dimensions
          .find(({ code }) => code === dimension)
          ?.values.map(({ code, names }) => [sdmxCode(code), names]),
      )
      return column(
        sdmxCode(dimension),
        (row) => optionOf(row, dimension),
        (id) => values.get(id),
      )
    }),
    column(
      'TIME_PERIOD',
      ({ time }) => time,
      () => undefined,
    ),
  ]
}
