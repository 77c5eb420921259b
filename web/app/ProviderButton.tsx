import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { goOut, providerQuery } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'

/** Signs in with the provider the operator set; with the code of a slip takes it up. Nothing where none is set. */
export function ProviderButton({ code }: { code?: string }) {
  const t = useText()
  const { data: provider } = useQuery(providerQuery)
  const leaving = useMutation({ mutationFn: () => goOut(code) })
  if (!provider?.name) return null
  return (
    <>
      <ErrorSummary problem={leaving.error} />
      <Button
        variant="default"
        fullWidth
        mt="md"
        justify="center"
        disabled={code === ''}
        loading={leaving.isPending || leaving.isSuccess}
        onClick={() => leaving.mutate()}
      >
        {t(code === undefined ? 'app.sign-in-with' : 'app.accept-with', { name: provider.name })}
      </Button>
    </>
  )
}
