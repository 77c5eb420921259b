import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MatrixFormat, MatrixGroup, type MatrixOutline } from '#plans/model'
import { Language } from '#platform/model'
import { useSetUrl, useUrl } from '../../kit/address.ts'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { CheckField, SelectField } from '../../kit/fields.tsx'
import { FilterBar, useFiltersInWords } from '../../kit/FilterBar.tsx'
import { serverFilter } from '../../kit/filter-url.ts'
import { WritingFile } from '../../kit/lists/WritingFile.tsx'
import { LoadFailed } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useFormat, useLanguage, useText } from '../../kit/text.tsx'
import { oneOf } from '../../kit/url.ts'
import { useListUrl } from '../../kit/useListUrl.ts'
import { useRecommendationFilters } from '../list-filters.ts'
import { settingNames, withTranslations } from './addresses.ts'
import { LimitField } from './LimitField.tsx'
import styles from './Matrix.module.css'
import { askForMatrix, outlineQuery, type MatrixAsked } from './queries.ts'
import { WordTable } from './WordTable.tsx'

/** Recommendations with what was done on them, as a table for the UN: chosen, counted in words, then made. */
export function MatrixPage() {
  const t = useText()
  const format = useFormat()
  const { language } = useLanguage()
  const setUrl = useSetUrl()
  const list = useListUrl({ filters: useRecommendationFilters() })
  const { asked, limit } = useAsked(list)
  const { data, error, refetch, isPlaceholderData } = useQuery(outlineQuery(asked, language))
  return (
    <>
      <PageHeader
        title={t('matrix.title')}
        crumbs={[{ label: t('bring.registry'), to: '/khuyen-nghi' }, { label: t('matrix.title') }]}
        state={data && t('matrix.state', { count: data.recommendations, number: format.number(data.recommendations) })}
      />
      <FilterBar list={list} />
      <div className={styles.choices}>
        <SelectField
          id="language"
          label={t('matrix.language')}
          value={asked.language}
          onChange={(value) => setUrl({ [settingNames.language]: value }, true)}
          choices={Language.options.map((value) => ({ value, label: t('matrix.language-is', { code: value }) }))}
        />
        <SelectField
          id="groupBy"
          label={t('matrix.group-by')}
          value={asked.groupBy}
          onChange={(value) => setUrl({ [settingNames.groupBy]: value }, true)}
          choices={MatrixGroup.options.map((value) => ({ value, label: t(`plans.matrix-group-${value}`) }))}
        />
        <LimitField
          limits={data?.limits ?? []}
          limit={limit}
          onChange={(value) => setUrl({ [settingNames.limit]: value }, true)}
        />
      </div>
      <CheckField
        id="withTranslations"
        label={t('matrix.translations')}
        help={t('matrix.translations-help')}
        value={asked.withTranslations}
        onChange={(isOn) => setUrl({ [settingNames.translations]: isOn ? withTranslations : undefined }, true)}
      />
      {error ? (
        <LoadFailed problem={error} onRetry={() => void refetch()} />
      ) : (
        <WordTable outline={data} limit={limit} isRefreshing={isPlaceholderData} />
      )}
      <Making asked={asked} limit={limit} outline={isPlaceholderData ? undefined : data} />
    </>
  )
}

/** What is asked, from the address. Words of the filter stand in the file only where both are in one language. */
function useAsked(list: ReturnType<typeof useListUrl>): { asked: MatrixAsked; limit: number | null } {
  const url = useUrl()
  const own = useLanguage().language
  const inWords = useFiltersInWords(list)
  const language = Language.catch(Language.parse(own)).parse(oneOf(url[settingNames.language]))
  const limit = Number(oneOf(url[settingNames.limit]))
  return {
    asked: {
      filter: serverFilter(list.filters, list.values),
      language,
      groupBy: MatrixGroup.catch('cluster').parse(oneOf(url[settingNames.groupBy])),
      withTranslations: oneOf(url[settingNames.translations]) === withTranslations,
      words: list.isFiltered && language === own ? inWords : '',
    },
    limit: Number.isInteger(limit) && limit > 0 ? limit : null,
  }
}

/** Lets the file be made, shows how far it is, and fetches it. */
function Making({
  asked,
  limit,
  outline,
}: {
  asked: MatrixAsked
  limit: number | null
  outline: MatrixOutline | undefined
}) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  const ask = useMutation({
    mutationFn: (format: MatrixFormat) => askForMatrix({ ...asked, format, wordLimit: limit }),
    onSuccess: () => setOpen(true),
  })
  return (
    <>
      <ErrorSummary problem={ask.error} />
      <div className={`${styles.acts} screen-only`}>
        {(outline?.formats ?? MatrixFormat.options).map((format) => (
          <Button
            key={format}
            variant={format === 'docx' ? 'filled' : 'default'}
            loading={ask.isPending && ask.variables === format}
            disabled={outline === undefined || outline.recommendations === 0 || ask.isPending}
            onClick={() => ask.mutate(format)}
          >
            {t('matrix.make', { format })}
          </Button>
        ))}
      </div>
      {isOpen && ask.data && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          title={t('matrix.title')}
          closeButtonProps={{ 'aria-label': t('kit.close') }}
        >
          <WritingFile jobId={ask.data.jobId} onClose={() => setOpen(false)} />
        </Modal>
      )}
    </>
  )
}
