/** The canvas under a title on an opaque ground, as it is pasted into a chat or a report; `null` if it cannot be drawn. */
export function snapshot(
  canvas: HTMLCanvasElement,
  title: string,
  colours: { readonly ground: string; readonly text: string; readonly font: string }
): Promise<Blob | null> {
  const scale = canvas.clientWidth === 0 ? 1 : canvas.width / canvas.clientWidth
  const margin = Math.round(12 * scale)
  const head = Math.round(30 * scale)
  const sheet = document.createElement('canvas')
  sheet.width = canvas.width + 2 * margin
  sheet.height = canvas.height + head + margin
  const context = sheet.getContext('2d')
  if (context === null) return Promise.resolve(null)
  context.fillStyle = colours.ground
  context.fillRect(0, 0, sheet.width, sheet.height)
  context.fillStyle = colours.text
  context.font = `600 ${Math.round(13 * scale)}px ${colours.font}`
  context.textBaseline = 'middle'
  context.fillText(title, margin, head / 2 + margin / 4)
  context.drawImage(canvas, margin, head)
  return new Promise((done) => sheet.toBlob(done, 'image/png'))
}
