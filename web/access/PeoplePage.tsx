import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Person } from '#access/model'
import type { Page } from '#platform/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { FilterBar } from '../kit/FilterBar.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { PrintNote } from '../kit/PrintNote.tsx'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import styles from './access.module.css'
import { importTo, inviteTo, names, personTo } from './addresses.ts'
import { agencyName, findAgencies, read } from './requests.ts'
import { PersonBadge, PostBadge, postLine, roleChoices } from './words.tsx'

/** Everyone who holds or held a post within reach. */
export function PeoplePage() {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const list = useListUrl({ filters: useFilters() })
  const asked = {
    search: list.values[names.search]?.[0],
    agencyId: list.values[names.agency]?.[0],
    role: list.values[names.role]?.[0],
    state: list.values[names.state]?.[0],
    waiting: list.values[names.waiting]?.[0],
    page: list.page,
    size: list.size,
  }
  const people = useQuery({
    queryKey: ['people', asked],
    queryFn: ({ signal }) => read<Page<Person>>('/people', asked, signal),
    placeholderData: keepPreviousData,
  })
  const total = people.data?.total
  return (
    <>
      <PageHeader
        title={t('access.people')}
        state={
          total === undefined ? undefined : t('access.people-count', { count: total, number: format.number(total) })
        }
        acts={
          may('access.invite-person') && (
            <>
              <Button component={Link} to={inviteTo} leftSection={<IconUserPlus size={18} stroke={1.6} aria-hidden />}>
                {t('access.invite')}
              </Button>
              <Button variant="default" component={Link} to={importTo}>
                {t('access.import')}
              </Button>
            </>
          )
        }
      />
      <FilterBar list={list} />
      <DataTable
        id="people"
        caption={t('access.people')}
        columns={useColumns()}
        rows={people.data?.items}
        error={people.error}
        onRetry={() => void people.refetch()}
        isRefreshing={people.isPlaceholderData}
        rowId={(person) => person.id}
        rowName={(person) => person.name}
        rowTo={(person) => personTo(person.id)}
        list={list}
        total={total}
      />
      <PrintNote />
    </>
  )
}

function useFilters(): readonly Filter[] {
  const t = useText()
  return useMemo<readonly Filter[]>(
    () => [
      { name: names.search, label: t('access.search-people'), kind: 'text' },
      { name: names.agency, label: t('access.agency'), kind: 'picked', find: findAgencies, nameOf: agencyName },
      { name: names.role, label: t('access.role'), kind: 'one', choices: roleChoices(t) },
      {
        name: names.state,
        label: t('access.state'),
        kind: 'one',
        choices: ['active', 'invited', 'disabled'].map((state) => ({
          value: state,
          label: t(`access.person-${state}-state`),
        })),
      },
      {
        name: names.waiting,
        label: t('access.waiting'),
        kind: 'one',
        choices: [{ value: 'yes', label: t('access.waiting-yes') }],
      },
    ],
    [t],
  )
}

function useColumns(): readonly Column<Person>[] {
  const t = useText()
  return [
    {
      id: 'name',
      title: t('access.name'),
      width: '14rem',
      cell: (person) => (
        <div>
          <Link to={personTo(person.id)}>{person.name}</Link>
          <span className={styles.quiet}>{person.login}</span>
        </div>
      ),
    },
    { id: 'posts', title: t('access.posts'), width: '22rem', cell: (person) => <Posts person={person} /> },
    { id: 'state', title: t('access.state'), cell: (person) => <PersonBadge state={person.state} /> },
  ]
}

function Posts({ person }: { person: Person }) {
  const t = useText()
  const living = person.posts.filter((post) => post.state !== 'ended')
  if (living.length === 0) return <span className={styles.quiet}>{t('access.no-post')}</span>
  return (
    <ul className={styles.posts}>
      {living.map((post) => (
        <li key={post.id}>
          {postLine(t, post)}
          {post.state !== 'current' && <PostBadge state={post.state} />}
        </li>
      ))}
    </ul>
  )
}
