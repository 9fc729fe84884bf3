import { saltOf } from '../random.ts'
import type { Span } from '../troubles.ts'
import { createDice, type Dice } from './dice.ts'
import type { Commit, Deployment } from './deployment.ts'
import { idAt } from './ids.ts'
import type { FunctionProfile } from './profile.ts'
import { authors, commitMessages } from './words.ts'

const dayMs = 24 * 3_600_000
const minuteMs = 60_000
/** Older ones were cleared away, but for the first. */
const keptDays = 45
const likelihood = { none: 0, once: 0, steady: 0.17, failing: 0.28 }
const firstHour = 8
const workingHours = 9

function commitOf(dice: Dice): Commit {
  const [author, login] = dice.pick(authors)
  return {
    hash: dice.hex(40),
    message: dice.pick(commitMessages),
    author,
    authorUrl: `https://github.com/${login}`
  }
}

/** A deployment of a function made at a moment, drawn from its own stream of chance. */
export function deploymentAt(profile: FunctionProfile, createdAtMs: number, dice: Dice): Deployment {
  const { functionId, repository, sourceBytes, buildBytes, buildMs } = profile
  const vary = (bytes: number) => Math.round(bytes * (0.94 + 0.12 * dice.next()))
  return {
    id: idAt(createdAtMs, dice),
    functionId,
    createdAtMs,
    type: repository !== null ? 'vcs' : dice.isHit(0.8) ? 'cli' : 'manual',
    isActivating: true,
    buildId: idAt(createdAtMs + 1, dice),
    sourceSalt: dice.int(0, 0x7fff_ffff),
    sourceBytes: vary(sourceBytes),
    buildBytes: vary(buildBytes),
    waitMs: dice.around(1_500, 0.6),
    buildMs: dice.around(buildMs, 0.25),
    isFailing: false,
    commit: repository === null ? null : commitOf(dice),
    failRate: 0,
    canceledAtMs: null
  }
}

/** What a team deployed up to a time, oldest first: on some working days, in working hours. */
export function seededDeployments(
  seed: number,
  profile: FunctionProfile,
  createdAtMs: number,
  nowMs: number
): readonly Deployment[] {
  if (profile.habit === 'none') return []
  const salt = saltOf(`${profile.functionId} deployments`)
  const first = deploymentAt(profile, createdAtMs + 12 * minuteMs, createDice(seed, salt, 0))
  const found = [first]
  const today = Math.floor(nowMs / dayMs)
  for (let day = Math.max(today - keptDays, Math.ceil(first.createdAtMs / dayMs)); day <= today; day++) {
    const weekday = new Date(day * dayMs).getUTCDay()
    const dice = createDice(seed, salt, day)
    if (weekday === 0 || weekday === 6 || !dice.isHit(likelihood[profile.habit])) continue
    const atMs = Math.floor(day * dayMs + (firstHour + workingHours * dice.next()) * 60 * minuteMs)
    const isFailing = profile.habit === 'failing' || dice.isHit(0.08)
    found.push({ ...deploymentAt(profile, atMs, dice), isFailing })
  }
  return found.filter((deployment) => deployment.createdAtMs <= nowMs)
}

/** What troubles mean for a function: a bad deployment became active when one began, a wedged build began then. */
export function impliedDeployments(
  seed: number,
  profile: FunctionProfile,
  spans: readonly Span[],
  nowMs: number
): readonly Deployment[] {
  if (profile.habit === 'none') return []
  const found: Deployment[] = []
  for (const { trouble, fromMs } of spans) {
    const dice = createDice(seed, saltOf(`${profile.functionId} ${trouble.kind}`), Math.floor(fromMs))
    if (trouble.kind === 'bad-deployment' && (trouble.functionId ?? profile.functionId) === profile.functionId) {
      const drawn = deploymentAt(profile, Math.floor(fromMs), dice)
      const tookMs = Math.ceil(drawn.waitMs + drawn.buildMs) + 1_500
      const createdAtMs = Math.floor(fromMs) - tookMs
      found.push({ ...drawn, id: idAt(createdAtMs, dice), createdAtMs, failRate: trouble.failRate })
    }
    // Of every function one push would be too many at once: where none is named the repository's has one.
    const isWedged =
      trouble.kind === 'wedged-build' &&
      (trouble.functionId === undefined ? profile.repository !== null : trouble.functionId === profile.functionId)
    if (isWedged) found.push(deploymentAt(profile, Math.floor(fromMs), dice))
  }
  return found.filter((deployment) => deployment.createdAtMs <= nowMs)
}
