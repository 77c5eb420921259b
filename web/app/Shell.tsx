import { ActionIcon, Drawer } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { PrintNote } from '../kit/PrintNote.tsx'
import type { SearchSource } from '../kit/search.ts'
import { SearchBox } from '../kit/SearchBox.tsx'
import { useSession } from '../kit/session.tsx'
import { AccountNotices } from '../notifications/AccountNotices.tsx'
import { Bell } from '../notifications/Bell.tsx'
import { useText } from '../kit/text.tsx'
import { AsOfChip } from './AsOfChip.tsx'
import { HelpButton } from './HelpButton.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { PostSwitcher } from './PostSwitcher.tsx'
import { Rail, sectionIcons, useHere } from './Rail.tsx'
import type { RailEntry } from './registry.ts'
import styles from './Shell.module.css'

export interface ShellProps {
  entries: readonly RailEntry[]
  /** Where the search box looks; none = no box. */
  search?: SearchSource
  children: ReactNode
}

const contentId = 'noi-dung'

/** The frame around every page of someone signed in. */
export function Shell({ entries, search, children }: ShellProps) {
  const t = useText()
  const { demo } = useSession()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [isSearchOpen, setSearchOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  useFocusOnArrival(main)
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href={`#${contentId}`}>
        {t('app.skip-to-content')}
      </a>
      <header className={styles.head}>
        {demo && (
          <div className={styles.ribbon} role="note">
            {t('app.demo-ribbon')}
            <span className={styles.wide}>{t('app.demo-words')}</span>
          </div>
        )}
        <div className={styles.top}>
          <Link to="/" className={styles.brand} aria-label={t('app.home')}>
            <img src="/icon.svg" alt="" />
            <span className={styles.wide}>{t('app.name')}</span>
          </Link>
          {search && (
            <div className={styles.search} data-open={isSearchOpen || undefined}>
              <SearchBox source={search} onOpen={() => setSearchOpen(true)} />
            </div>
          )}
          <div className={styles.tools}>
            {search && (
              <ActionIcon
                className={styles.searchSmall}
                aria-label={t('app.search')}
                aria-expanded={isSearchOpen}
                onClick={() => setSearchOpen(!isSearchOpen)}
              >
                <IconSearch size={20} stroke={1.6} />
              </ActionIcon>
            )}
            <AsOfChip />
            <div className={styles.wide}>
              <PostSwitcher />
            </div>
            <div className={styles.wide}>
              <LanguageMenu />
            </div>
            <div className={styles.wide}>
              <HelpButton />
            </div>
            <Bell />
            <PersonMenu />
          </div>
        </div>
      </header>
      <nav className={styles.rail} aria-label={t('app.sections')}>
        <Rail entries={entries} />
      </nav>
      <main className={styles.main} id={contentId} tabIndex={-1} ref={main}>
        <AccountNotices />
        {children}
        <PrintNote />
      </main>
      <BottomBar entries={entries} onMore={() => setMenuOpen(true)} isMoreOpen={isMenuOpen} />
      <Drawer
        opened={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        title={t('app.sections')}
        size="20rem"
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        <nav aria-label={t('app.sections')}>
          <Rail entries={entries} onGo={() => setMenuOpen(false)} />
        </nav>
        <div className={styles.drawerTools}>
          <PostSwitcher />
          <LanguageMenu />
          <HelpButton />
        </div>
      </Drawer>
    </div>
  )
}

/** At 360 px: the first three sections and the drawer with the rest. */
function BottomBar({
  entries,
  onMore,
  isMoreOpen,
}: {
  entries: readonly RailEntry[]
  onMore: () => void
  isMoreOpen: boolean
}) {
  const t = useText()
  const here = useHere()
  return (
    <nav className={styles.bottom} aria-label={t('app.main-sections')}>
      {entries.slice(0, 3).map((entry) => {
        const SectionIcon = sectionIcons[entry.section]
        return (
          <Link
            key={entry.section}
            to={entry.to}
            className={styles.entry}
            data-here={here.section === entry.section || undefined}
          >
            <SectionIcon size={22} stroke={1.6} aria-hidden />
            {t(`app.section-${entry.section}`)}
          </Link>
        )
      })}
      <button type="button" className={styles.entry} onClick={onMore} aria-expanded={isMoreOpen} aria-haspopup="dialog">
        <IconMenu2 size={22} stroke={1.6} aria-hidden />
        {t('app.more')}
      </button>
    </nav>
  )
}

/** After going to another page the reader's place is its beginning, for the keyboard and for screen readers. */
function useFocusOnArrival(main: { current: HTMLElement | null }) {
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname, main])
}
