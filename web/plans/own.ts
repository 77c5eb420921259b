import { useSession } from '../kit/session.tsx'

/** The body one acts for; undefined for someone without a post. */
export function useActingAgency(): { id: string; name: string } | undefined {
  const { posts, actingPostId } = useSession()
  const post = posts.find((one) => one.id === actingPostId)
  return post && { id: post.agencyId, name: post.agencyName }
}

/** Whether the acting body answers for a plan today. */
export function useIsOwner(plan: { owner: { id: string } }): boolean {
  return useActingAgency()?.id === plan.owner.id
}
