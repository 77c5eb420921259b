import { Button, Menu } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconBookmark, IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { SavedView } from '#access/model'
import { useSetUrl, useUrl } from '../address.ts'
import { Confirm } from '../Confirm.tsx'
import { orderName, serverFilter, valuesOf, writeFilters, writeOrder, type FilterValues } from '../filter-url.ts'
import { useProblemWords } from '../problem-words.ts'
import { useText } from '../text.tsx'
import { useToast } from '../Toast.tsx'
import { oneOf } from '../url.ts'
import type { ListUrl } from '../useListUrl.ts'
import { dropView, keepView, openWith, viewsQuery, type ViewAsked } from './requests.ts'
import { ViewDialog } from './ViewDialog.tsx'
import styles from './Lists.module.css'

/** Names of the chosen view and of the presentation in the address. */
const viewName = 'cach-xem'
const presentationName = 'xem'

interface ViewsMenuProps {
  list: ListUrl
  /** The server's name of the list, and the table whose columns a view keeps. */
  of: string
  table: string
}

const sorted = (values: FilterValues) =>
  JSON.stringify(
    Object.entries(values)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, own]) => [name, [...own].toSorted()]),
  )

/** Saved looks at a list: opens, keeps, shares, deletes them, and says with which the page opens. */
export function ViewsMenu({ list, of, table }: ViewsMenuProps) {
  const t = useText()
  const url = useUrl()
  const setUrl = useSetUrl()
  const toast = useToast()
  const words = useProblemWords()
  const queries = useQueryClient()
  const [hidden, setHidden] = useLocalStorage<string[] | undefined>({
    key: `mangnon.columns.${table}`,
    getInitialValueInEffect: false,
  })
  const [dialog, setDialog] = useState<'new' | 'edit' | 'delete' | undefined>()
  const { data } = useQuery(viewsQuery(of))
  const current = data?.views.find((view) => view.id === oneOf(url[viewName]))
  const now: ViewAsked = {
    list: of,
    name: current?.name ?? '',
    audience: current?.audience ?? 'private',
    filter: serverFilter(list.filters, list.values),
    columns: hidden ?? null,
    order: list.order === undefined ? null : writeOrder(list.order),
    presentation: oneOf(url[presentationName]) ?? null,
  }
  const isChanged =
    current !== undefined &&
    (sorted(current.filter) !== sorted(now.filter) ||
      current.order !== now.order ||
      current.presentation !== now.presentation)
  const open = (view: SavedView) => {
    if (view.columns !== null) setHidden(view.columns)
    setUrl({
      ...writeFilters(list.filters, valuesOf(list.filters, view.filter)),
      [orderName]: view.order ?? undefined,
      [presentationName]: view.presentation ?? undefined,
      [viewName]: view.id,
    })
  }
  useOpenDefault(
    data?.views.find((view) => view.id === data.defaultId),
    Object.keys(url).length === 0,
    open,
  )
  const renew = () => queries.invalidateQueries({ queryKey: viewsQuery(of).queryKey })
  const failed = (problem: unknown) => toast({ kind: 'problem', text: words(problem) })
  const update = useMutation({
    mutationFn: (view: SavedView) => keepView(now, view),
    onSuccess: async (view) => {
      await renew()
      toast({ kind: 'done', text: t('kit.view-saved', { name: view.name }) })
    },
    onError: failed,
  })
  const drop = useMutation({
    mutationFn: (view: SavedView) => dropView(view.id),
    onSuccess: async (_none, view) => {
      setDialog(undefined)
      setUrl({ [viewName]: undefined })
      await renew()
      toast({ kind: 'done', text: t('kit.view-deleted', { name: view.name }) })
    },
    onError: failed,
  })
  const choose = useMutation({ mutationFn: (id: string | null) => openWith(of, id), onSuccess: renew, onError: failed })
  const own = data?.views.filter((view) => view.isMine) ?? []
  const shared = data?.views.filter((view) => !view.isMine) ?? []
  const item = (view: SavedView) => (
    <Menu.Item
      key={view.id}
      leftSection={<IconCheck size={16} aria-hidden style={{ visibility: view === current ? 'visible' : 'hidden' }} />}
      aria-current={view === current || undefined}
      onClick={() => open(view)}
    >
      {view.name}
      {view.id === data?.defaultId && <span className={styles.note}>{t('kit.view-is-default')}</span>}
      {!view.isMine && view.personName !== null && (
        <span className={styles.note}>{t('kit.view-by', { name: view.personName })}</span>
      )}
    </Menu.Item>
  )
  const title =
    current === undefined ? t('kit.views') : isChanged ? t('kit.view-changed', { name: current.name }) : current.name
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={18} stroke={1.6} aria-hidden />}
            title={t('kit.views')}
          >
            {title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {own.length > 0 && <Menu.Label>{t('kit.views-own')}</Menu.Label>}
          {own.map(item)}
          {shared.length > 0 && <Menu.Label>{t('kit.views-shared')}</Menu.Label>}
          {shared.map(item)}
          {data?.views.length === 0 && <Menu.Label className={styles.note}>{t('kit.views-none')}</Menu.Label>}
          <Menu.Divider />
          {current?.isMine && isChanged && (
            <Menu.Item onClick={() => update.mutate(current)}>{t('kit.view-update', { name: current.name })}</Menu.Item>
          )}
          <Menu.Item onClick={() => setDialog('new')}>{t('kit.view-save')}</Menu.Item>
          {current?.isMine && (
            <Menu.Item onClick={() => setDialog('edit')}>{t('kit.view-edit', { name: current.name })}</Menu.Item>
          )}
          {current !== undefined && current.id !== data?.defaultId && (
            <Menu.Item onClick={() => choose.mutate(current.id)}>
              {t('kit.view-default', { name: current.name })}
            </Menu.Item>
          )}
          {data?.defaultId && <Menu.Item onClick={() => choose.mutate(null)}>{t('kit.view-no-default')}</Menu.Item>}
          {current?.isMine && (
            <Menu.Item color="brick" onClick={() => setDialog('delete')}>
              {t('kit.view-delete', { name: current.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {(dialog === 'new' || dialog === 'edit') && (
        <ViewDialog
          asked={
            dialog === 'edit' && current
              ? {
                  ...now,
                  filter: current.filter,
                  columns: current.columns,
                  order: current.order,
                  presentation: current.presentation,
                }
              : { ...now, name: '', audience: 'private' }
          }
          before={dialog === 'edit' ? current : undefined}
          onClose={() => setDialog(undefined)}
          onSaved={async (view) => {
            setDialog(undefined)
            await renew()
            setUrl({ [viewName]: view.id })
            toast({ kind: 'done', text: t('kit.view-saved', { name: view.name }) })
          }}
        />
      )}
      {current && (
        <Confirm
          isOpen={dialog === 'delete'}
          title={t('kit.view-delete-title', { name: current.name })}
          act={t('kit.view-do-delete')}
          isDestructive
          isPending={drop.isPending}
          onConfirm={() => drop.mutate(current)}
          onClose={() => setDialog(undefined)}
        >
          {t('kit.view-delete-words')}
        </Confirm>
      )}
    </>
  )
}

/** Once, when the page was opened without any condition: the view its reader chose for it. */
function useOpenDefault(view: SavedView | undefined, isBare: boolean, open: (view: SavedView) => void): void {
  const mayOpen = useRef(isBare)
  useEffect(() => {
    if (!isBare) mayOpen.current = false
    if (!mayOpen.current || view === undefined) return
    mayOpen.current = false
    open(view)
  })
}
