import type { Progress } from '../command.ts'
import { type Style, paint } from './style.ts'
import { cut, pad } from './width.ts'

/** A stage of something long, as far as it has come. */
interface Stage {
  readonly name: string
  readonly detail: string
  /** 0 to 1; undefined: nobody knows. */
  readonly fraction: number | undefined
  /** Time left as its stage knows it; undefined: guessed from its pace. */
  readonly left: string | undefined
  /** Milliseconds on a clock that never goes backwards. */
  readonly began: number
}

export interface Reporter extends Progress {
  /** Stages that were finished, and the one that was going on. */
  readonly story: () => { readonly done: readonly string[]; readonly current: string | undefined }
  /** Takes the live line away and stops the clock. */
  readonly close: () => void
}

export interface ReporterOptions {
  readonly write: (text: string) => void
  readonly style: Style
  /** A live line, rewritten in place; else one line when a stage begins and one when it ends. */
  readonly live: boolean
  /** Milliseconds. */
  readonly now: () => number
}

const nameColumns = 10
const barColumns = 14

/** Shows stages on standard error. */
export function createReporter({ write, style, live, now }: ReporterOptions): Reporter {
  const done: string[] = []
  const shown: { stage: Stage | undefined; drawn: number; timer: NodeJS.Timeout | undefined } = {
    stage: undefined,
    drawn: 0,
    timer: undefined,
  }
  const clear = live ? '\r\u001B[K' : ''

  const draw = () => {
    if (shown.stage === undefined || !live) return
    shown.drawn = now()
    write(clear + liveLine(shown.stage, now(), style))
  }

  const finish = (result: string | undefined) => {
    if (shown.stage === undefined) return
    const took = seconds(now() - shown.stage.began)
    const detail = [result ?? shown.stage.detail, took].filter((part) => part !== '').join('  ')
    const name = pad(shown.stage.name, nameColumns)
    write(`${clear}  ${name}${detail}${paint({ text: '  ok', tone: 'good' }, style)}\n`)
    done.push(shown.stage.name)
    shown.stage = undefined
  }

  return {
    stage(name, detail = '') {
      finish(undefined)
      shown.stage = { name, detail, fraction: undefined, left: undefined, began: now() }
      if (live) {
        shown.timer ??= setInterval(draw, 1000).unref()
        draw()
      } else write(`  ${pad(name, nameColumns)}${detail === '' ? '…' : `${detail} …`}\n`)
    },
    update(fraction, detail, left) {
      if (shown.stage === undefined) return
      shown.stage = { ...shown.stage, fraction, detail: detail ?? shown.stage.detail, left }
      if (now() - shown.drawn >= 100) draw()
    },
    done: (result) => finish(result),
    story: () => ({ done, current: shown.stage?.name }),
    close() {
      clearInterval(shown.timer)
      if (shown.stage !== undefined) write(clear)
    },
  }
}

/** One line for a stage under way, no wider than the terminal. */
function liveLine(stage: Stage, now: number, style: Style): string {
  const elapsed = now - stage.began
  const remaining = stage.left ?? timeLeft(stage.fraction, elapsed)
  const measure = stage.fraction === undefined ? seconds(elapsed) : `${bar(stage.fraction)} ${percent(stage.fraction)}`
  const right = [measure, remaining].filter((part) => part !== '').join('  ')
  const left = `  ${pad(stage.name, nameColumns)}${stage.detail}`
  const room = Math.max(0, style.columns - right.length - 3)
  return `${pad(cut(left, room), Math.min(room, 50))}  ${right}`
}

function bar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * barColumns)
  return '█'.repeat(full) + '░'.repeat(barColumns - full)
}

const percent = (fraction: number): string => `${String(Math.floor(fraction * 100)).padStart(3)} %`

/** A guess is only shown once it can be better than a guess: after two seconds and a twentieth of the way. */
function timeLeft(fraction: number | undefined, elapsed: number): string {
  if (fraction === undefined || elapsed < 2000 || fraction < 0.05 || fraction >= 1) return ''
  return `about ${seconds((elapsed * (1 - fraction)) / fraction)} left`
}

function seconds(milliseconds: number): string {
  const whole = Math.round(milliseconds / 1000)
  if (whole < 1) return ''
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`
}
