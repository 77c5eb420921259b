import { Button, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useProblemWords } from '../kit/problem-words.ts'
import { preferLanguage, sessionQuery } from '../kit/session.tsx'
import { useFormat, useLanguage, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'

/** The language of words, dates and numbers; each is named in itself. */
export function LanguageMenu() {
  const t = useText()
  const format = useFormat()
  const words = useProblemWords()
  const toast = useToast()
  const { language, languages, choose } = useLanguage()
  const { data: session } = useQuery({ ...sessionQuery, enabled: false })
  function take(wanted: string) {
    choose(wanted)
    if (session) preferLanguage(wanted).catch((problem: unknown) => toast({ kind: 'problem', text: words(problem) }))
  }
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--ink)"
          px="xs"
          leftSection={<IconLanguage size={20} stroke={1.6} aria-hidden />}
        >
          {language.toUpperCase()}
          <span className="sr-only">{t('app.language', { language: format.languageName(language) })}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={take}>
          {languages.map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one}>
              {format.languageName(one)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
