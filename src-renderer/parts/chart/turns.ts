/** How long drawing may hold one frame before the rest waits for the next. */
const budgetMs = 4

/** The drawings owed, by who owes them. One queue for the page: all charts share its frames. */
const owed = new Map<object, () => void>()
let frame = 0

/**
 * Draws in one of the next frames, a few charts in each: a sweep changes all charts of a page at once, and none of them
 * is worth a stutter under the pointer. A later drawing of the same owner takes the place of the one owed.
 */
export function drawInTurn(owner: object, draw: () => void): void {
  owed.set(owner, draw)
  if (frame === 0) frame = requestAnimationFrame(work)
}

/** Forgets what an owner owes. */
export function leaveTurn(owner: object): void {
  owed.delete(owner)
}

function work(): void {
  const endMs = performance.now() + budgetMs
  for (const [owner, draw] of owed) {
    owed.delete(owner)
    draw()
    if (performance.now() >= endMs) break
  }
  frame = owed.size === 0 ? 0 : requestAnimationFrame(work)
}
