/** The page the server shows in the place of an error's JSON; `type` stands in it as text. */
export function errorPage(title: string, heading: string, text: string, type: string): string {
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8" />',
    `<title>${title} - Error</title></head><body><main><h1>${heading}</h1><p>${text}</p>`,
    `<p>Type</p><p><code>${type}</code></p></main></body></html>`
  ].join('')
}
