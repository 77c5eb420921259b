import { ActionIcon, Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import type { Column } from './DataTable.tsx'
import { useText } from './text.tsx'

export interface ColumnChooserProps<Row> {
  columns: readonly Column<Row>[]
  hidden: readonly string[]
  onChange: (hidden: string[]) => void
}

/** Which columns are shown; the first always is. A table of three columns has none to spare. */
export function ColumnChooser<Row>({ columns, hidden, onChange }: ColumnChooserProps<Row>) {
  const t = useText()
  const choosable = columns.slice(1)
  if (choosable.length < 3) return null
  return (
    <Menu position="bottom-end" closeOnItemClick={false} width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('kit.table-choose-columns')} title={t('kit.table-choose-columns')}>
          <IconColumns3 size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('kit.table-choose-columns')}</Menu.Label>
        <Menu.CheckboxGroup
          value={choosable.filter((column) => !hidden.includes(column.id)).map((column) => column.id)}
          onChange={(shown) =>
            onChange(choosable.filter((column) => !shown.includes(column.id)).map((column) => column.id))
          }
        >
          {choosable.map((column) => (
            <Menu.CheckboxItem key={column.id} value={column.id}>
              {column.title}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
