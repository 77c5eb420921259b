import type { Variant } from './variant.ts'

/** Sessions, tokens, factors, providers, limits. */
export const signingIn: Variant[] = [
  {
    name: 'token-becomes-session',
    source: 'DHIS2 CVE-2023-31139: a token yielded an unrestricted session',
    flaw: 'a token of a program writes wherever its owner may',
    in: {
      file: 'src/access/tokens.ts',
      find: "return token.scope === 'role' && !needsFactor([role])",
      replace: "return token.scope !== '' || needsFactor([role])",
    },
    caughtBy: { file: 'src/access/tokens.db.test.ts', test: 'made for reading writes nothing' },
  },
  {
    name: 'token-for-what-is-personal',
    source: 'DHIS2 CVE-2023-31139',
    flaw: 'a program may do what asks for the password',
    in: {
      file: 'src/access/authorize.ts',
      find: "if (!permissions.has(allow)) return forbidden('access.not-for-programs')",
      replace: '',
    },
    caughtBy: { file: 'src/access/tokens.db.test.ts', test: 'opens nothing that is a person’s own' },
  },
  {
    name: 'token-in-the-open',
    source: 'security.md B4; ICRC 2022',
    flaw: 'the secret of a session is kept as it is',
    in: {
      file: 'src/access/secrets.ts',
      find: "return createHash('sha256').update(secret).digest('hex')",
      replace: 'return secret',
    },
    caughtBy: { file: 'src/access/sign-in.db.test.ts', test: 'keeps only a hash of the token' },
  },
  {
    name: 'token-outlives-its-post',
    source: 'security.md B4',
    flaw: 'an ended post still acts through a token',
    in: {
      file: 'src/access/identify.ts',
      find: "    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', ctx.today)]))\n    .where((eb) => eb.or([eb('needsConfirmation'",
      replace: "    .where((eb) => eb.or([eb('needsConfirmation'",
    },
    caughtBy: { file: 'src/access/tokens.db.test.ts', test: 'when the post ends or the account is disabled' },
  },
  {
    name: 'session-without-end',
    source: 'Primero R2-3182',
    flaw: 'a session does not end by being idle',
    in: { file: 'src/access/identify.ts', find: "    .where('session.seenAt', '>', idleSince)\n", replace: '' },
    caughtBy: { file: 'src/access/sign-in.db.test.ts', test: 'after half an hour without a request' },
  },
  {
    name: 'disabled-account-goes-on',
    source: 'security.md B4',
    flaw: 'a session of a disabled account lives on',
    in: {
      file: 'src/access/identify.ts',
      find: "      .where('session.seenAt', '>', idleSince)\n      .where('person.state', '=', 'active')\n",
      replace: "      .where('session.seenAt', '>', idleSince)\n",
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'a session of a disabled account is dead' },
  },
  {
    name: 'unconfirmed-post-counts',
    source: 'OpenCRVS fce1cc5c: users were activated by themselves',
    flaw: 'a post counts before the second administrator confirmed it',
    in: {
      file: 'src/access/identify.ts',
      find: "    .where((eb) => eb.or([eb('needsConfirmation', '=', false), eb('confirmedBy', 'is not', null)]))\n",
      replace: '',
    },
    caughtBy: { file: 'src/access/people.db.test.ts', test: 'count only when a second administrator has confirmed' },
  },
  {
    name: 'post-not-held',
    source: 'Primero R2-1407: users chose their own role',
    flaw: 'the header of the acting post is believed',
    in: {
      file: 'src/access/identify.ts',
      find: ': known.posts.find((held) => held.id === wanted)',
      replace: ': (known.posts.find((held) => held.id === wanted) ?? known.posts[0])',
    },
    caughtBy: { file: 'src/access/sign-in.db.test.ts', test: 'the post is chosen by each request' },
  },
  {
    name: 'factor-in-the-screen-only',
    source: 'Capgo CVE-2026-56256: the second factor was asked by the screen only',
    flaw: 'the server does not ask whether the factor was given',
    in: {
      file: 'src/access/rules.ts',
      find: "if (of.hasFactor) return of.isGiven ? 'whole' : 'factor'",
      replace: "if (of.hasFactor) return 'whole'",
    },
    caughtBy: {
      file: 'src/access/second-factor.db.test.ts',
      test: 'must give it: with the password alone nothing opens',
    },
  },
  {
    name: 'factor-not-required',
    source: 'security.md B1',
    flaw: 'administrators are let in without a second factor',
    in: {
      file: 'src/access/rules.ts',
      find: "return needsFactor(of.roles) && of.secondFactor === 'required' ? 'enrolment' : 'whole'",
      replace: "return 'whole'",
    },
    caughtBy: { file: 'src/access/second-factor.db.test.ts', test: 'is let in by the password only as far as' },
  },
  {
    name: 'code-used-twice',
    source: 'RFC 6238 §5.2; security.md B1',
    flaw: 'a code of the authenticator app may be used again',
    sql: `do $$ declare text_of text := pg_get_functiondef('access.spend_totp'::regproc);
      begin execute replace(text_of, 's > kept.last_step and ', ''); end $$`,
    caughtBy: { file: 'src/access/second-factor.db.test.ts', test: 'gives a code of half a minute around, each once' },
  },
  {
    name: 'factor-guessed',
    source: 'OpenCRVS dffb3291: one-time codes had no limit until June 2026',
    flaw: 'guesses of the second factor are not counted',
    in: {
      file: 'src/access/limits.ts',
      find: "  'POST /api/v1/session/factor': { name: 'factor', account: 'session' },\n",
      replace: '',
    },
    caughtBy: { file: 'src/access/second-factor.db.test.ts', test: 'guesses of the second factor are counted' },
  },
  {
    name: 'limit-on-a-word',
    source: 'OpenCRVS ad5c9ed8: the limit was keyed on the word "username"',
    flaw: 'all accounts share one count',
    in: {
      file: 'src/access/limits.ts',
      find: "return login.normalize('NFC').trim().toLowerCase()",
      replace: "return 'login'",
    },
    caughtBy: { file: 'src/access/sign-in-limits.db.test.ts', test: 'one account tried from many addresses' },
  },
  {
    name: 'limit-on-what-is-not-the-account',
    source: 'OpenCRVS bb9aa9a6 (June 2026): the limit was keyed on a field that is not there',
    flaw: 'each spelling of a login is counted by itself',
    in: {
      file: 'src/access/limits.ts',
      find: "return login.normalize('NFC').trim().toLowerCase()",
      replace: 'return login',
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'one account has one count, however it is spelt' },
  },
  {
    name: 'existence-by-sign-in',
    source: 'security.md B6',
    flaw: 'a wrong password and an unknown login are told apart',
    in: {
      file: 'src/access/commands/sign-in.ts',
      find: "      unauthenticated('access.sign-in-failed'),\n    )\n  return enter(ctx, parts, person.id, 'access.signed-in')",
      replace:
        "      unauthenticated(person ? 'access.sign-in-failed' : 'access.identity-unknown'),\n    )\n  return enter(ctx, parts, person.id, 'access.signed-in')",
    },
    caughtBy: { file: 'src/access/sign-in.db.test.ts', test: 'unknown login, wrong password, disabled' },
  },
  {
    name: 'foreign-request',
    source: 'DHIS2 GHSA-6785-hj47-c27h; ASVS 3.5',
    flaw: 'a write another site made the browser send is taken',
    in: {
      file: 'src/access/identify.ts',
      find: "if (isForeign && known) return { ...known, refusal: forbidden('access.foreign-request') }\n    if (isForeign) throw forbidden('access.foreign-request')",
      replace: '',
    },
    caughtBy: { file: 'src/access/sign-in.db.test.ts', test: 'a request another site could cause is refused' },
  },
  {
    name: 'cookie-for-scripts',
    source: 'Primero R2-3182',
    flaw: 'scripts may read the cookie of the session',
    in: { file: 'src/platform/http/server.ts', find: 'httpOnly: true, sameSite', replace: 'httpOnly: false, sameSite' },
    caughtBy: { file: 'src/access/sign-in.db.test.ts', test: 'lays a cookie of this host that scripts cannot read' },
  },
  {
    name: 'round-of-another-browser',
    source: 'OpenID Connect: sign-in laid on a victim',
    flaw: 'the mark of the browser that began the round is not asked for',
    in: {
      file: 'src/access/commands/federated.ts',
      find: "      .where('markHash', '=', hashSecret(requestOf(ctx).cookies[deviceCookieName(parts.secure)] ?? ''))\n",
      replace: '',
    },
    caughtBy: { file: 'src/access/federated.db.test.ts', test: 'in the browser that began it' },
  },
  {
    name: 'round-used-twice',
    source: 'OpenID Connect: replay of an answer',
    flaw: 'a round that was used may be used again',
    in: {
      file: 'src/access/commands/federated.ts',
      find: "      .where('usedAt', 'is', null)\n      .where('beganAt', '>', since)",
      replace: "      .where('beganAt', '>', since)",
    },
    caughtBy: { file: 'src/access/federated.db.test.ts', test: 'once' },
  },
  {
    name: 'assurance-not-asked',
    source: 'security.md B1',
    flaw: 'any level of assurance is enough',
    in: {
      file: 'src/access/commands/federated.ts',
      find: 'if (told.level < provider.level)',
      replace: 'if (told.level < -1)',
    },
    caughtBy: { file: 'src/access/federated.db.test.ts', test: 'a lower assurance than is asked' },
  },
  {
    name: 'host-header-believed',
    source: 'password-reset poisoning; security.md D6',
    flaw: 'where the provider sends the browser back is taken from the Host header',
    in: {
      file: 'src/access/commands/federated.ts',
      find: 'const site = parts.publicUrl ?? `http',
      replace: 'const site = `http',
    },
    caughtBy: { file: 'test/db/flaws-of-others.db.test.ts', test: 'the way back from a provider is the set address' },
  },
  {
    name: 'starts-insecure',
    source: 'OpenCRVS fce1cc5c: limits off by default',
    flaw: 'production starts with the limits off',
    in: {
      file: 'src/platform/start/unsafe-settings.ts',
      find: "{ code: 'limits-off', broken: (config) => !config.limits.on },",
      replace: "{ code: 'limits-off', broken: () => false },",
    },
    caughtBy: { file: 'src/platform/start/unsafe-settings.test.ts', test: 'and for that alone' },
  },
]
