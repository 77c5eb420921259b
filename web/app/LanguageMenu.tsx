import { Button, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useFormat, useLanguage, useText } from '../kit/text.tsx'

/** The language of words, dates and numbers; each is named in itself. */
export function LanguageMenu() {
  const t = useText()
  const format = useFormat()
  const { language, languages, choose } = useLanguage()
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
        <Menu.RadioGroup value={language} onChange={choose}>
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
