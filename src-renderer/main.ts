import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import { mount } from 'svelte'
import type { Standby } from '../src-main/contract/bridge.ts'
import App from './App.svelte'
import { BridgeClient } from './bridge/client.ts'
import './tokens.css'
import './base.css'

declare global {
  interface Window {
    /** Put there by the preload; the page's only way out. */
    readonly standby: Standby
  }
}

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no #app.')
mount(App, { target, props: { bridge: new BridgeClient(window.standby) } })
