/* global CanvasRenderingContext2D, MessageChannel, document, performance, requestAnimationFrame, window */
// Runs in the page. Drawing is seen from outside, by what reaches the canvases: the app needs no door for its bench.
;(() => {
  const drawn = { canvases: new Set(), vertices: new Map() }
  const context = CanvasRenderingContext2D.prototype
  const { clearRect, lineTo } = context
  context.clearRect = function (...args) {
    drawn.canvases.add(this.canvas)
    drawn.vertices.set(this.canvas, 0)
    return clearRect.apply(this, args)
  }
  context.lineTo = function (...args) {
    drawn.vertices.set(this.canvas, (drawn.vertices.get(this.canvas) ?? 0) + 1)
    return lineTo.apply(this, args)
  }
  const focus = () => document.querySelector('[role=slider]')?.parentElement?.querySelector('canvas') ?? null
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => done()
        port2.postMessage(null)
      })
    })
  const rangeOf = (label) =>
    [...document.querySelectorAll('input[type=radio]')].find((each) => each.parentElement.textContent.trim() === label)

  /** From the click on a range to the frame in which its points are painted. */
  async function range(label, isThere) {
    drawn.vertices.clear()
    const startedMs = performance.now()
    rangeOf(label).click()
    for (let frame = 0; frame < 600; frame++) {
      await painted()
      if (isThere(drawn.vertices.get(focus()) ?? 0)) return performance.now() - startedMs
    }
    throw new Error(`${label} was never painted: ${drawn.vertices.get(focus())} vertices`)
  }

  /** The longest that the page's thread was held at a time while a sweep came into the charts, and how many it drew. */
  function update() {
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel()
      let beforeMs = performance.now()
      let lastMs = Infinity
      let heldMs = 0
      const charts = new Set()
      drawn.canvases.clear()
      port1.onmessage = () => {
        const nowMs = performance.now()
        if (drawn.canvases.size > 0) {
          heldMs = Math.max(heldMs, nowMs - beforeMs)
          for (const canvas of drawn.canvases) charts.add(canvas)
          lastMs = nowMs
        } else if (nowMs - lastMs > 300) {
          done({ heldMs, charts: charts.size })
          return
        }
        drawn.canvases.clear()
        beforeMs = nowMs
        port2.postMessage(null)
      }
      port2.postMessage(null)
    })
  }

  /** Chart.js by itself, with every point, on three canvases of the focus chart's size; the points are already there. */
  async function raw(length) {
    const box = focus().getBoundingClientRect()
    const sets = [0, 1, 2].map((set) =>
      Array.from({ length }, (_, x) => ({ x, y: 800 + 300 * Math.sin(x / 900 + set) + ((x * 7919) % 97) }))
    )
    const canvases = sets.map(() => {
      const frame = document.createElement('div')
      frame.style.cssText = `position:fixed;left:0;top:0;width:${box.width}px;height:${box.height}px;z-index:99`
      const canvas = frame.appendChild(document.createElement('canvas'))
      document.body.append(frame)
      return canvas
    })
    const startedMs = performance.now()
    const charts = canvases.map(
      (canvas, set) =>
        new window.Chart(canvas, {
          type: 'line',
          data: { datasets: [{ data: sets[set], pointRadius: 0, borderWidth: 1.5 }] },
          options: {
            animation: false,
            parsing: false,
            normalized: true,
            maintainAspectRatio: false,
            events: [],
            scales: { x: { type: 'linear' } }
          }
        })
    )
    await painted()
    const tookMs = performance.now() - startedMs
    for (const chart of charts) chart.destroy()
    for (const canvas of canvases) canvas.parentElement.remove()
    return tookMs
  }

  window.bench = { range, update, raw, focus, canvases: () => document.querySelectorAll('main canvas').length }
})()
