import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useText } from '../kit/text.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import styles from './Outside.module.css'

/** The frame of the pages for people who are not signed in. */
export function Outside({ title, children }: { title: string; children: ReactNode }) {
  const t = useText()
  useEffect(() => {
    document.title = t('kit.tab-title', { page: title })
  }, [title, t])
  return (
    <div className={styles.outside}>
      <header className={styles.top}>
        <img src="/icon.svg" alt="" />
        <span className={styles.name}>{t('app.name')}</span>
        <LanguageMenu />
      </header>
      <main className={styles.main}>
        <h1>{title}</h1>
        {children}
      </main>
      <footer className={styles.purpose}>{t('app.purpose')}</footer>
    </div>
  )
}
