import { Button } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useText } from '../text.tsx'
import type { HeldSteps } from './useSteps.ts'

type Undo = Pick<HeldSteps<object>, 'undo' | 'redo' | 'canUndo' | 'canRedo'>

/** Takes the last step back, and again. */
export function SheetUndo({ of }: { of: Undo }) {
  const t = useText()
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} stroke={1.6} aria-hidden />}
        disabled={!of.canUndo}
        onClick={of.undo}
      >
        {t('kit.sheet-undo')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowForwardUp size={18} stroke={1.6} aria-hidden />}
        disabled={!of.canRedo}
        onClick={of.redo}
      >
        {t('kit.sheet-redo')}
      </Button>
    </>
  )
}
