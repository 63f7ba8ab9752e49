import type { Argument } from './arguments.ts'
import { everywhere } from './parse.ts'

/** What a shell must know of one command to complete it. */
export interface Completable {
  readonly noun: string
  readonly verb: string
  readonly summary: string
  readonly arguments: readonly Argument[]
}

const options = ({ arguments: known }: Completable): readonly string[] => [
  ...known.filter(({ positional }) => !positional).map(({ label }) => label),
  ...everywhere,
]

const nouns = (list: readonly Completable[]): readonly string[] => [...new Set(list.map(({ noun }) => noun))]

const verbs = (list: readonly Completable[], noun: string): readonly Completable[] =>
  list.filter((entry) => entry.noun === noun)

/** Options with a fixed set of values, by label. */
const choices = ({ arguments: known }: Completable): readonly Argument[] =>
  known.filter((argument) => !argument.positional && argument.choices.length > 0)

/** Script for bash: nouns, verbs, options, fixed values; file names everywhere else. */
export function bashScript(list: readonly Completable[]): string {
  const cases = list.map((entry) => {
    const values = choices(entry).map(
      ({ label, choices: words }) =>
        `        ${label}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;\n`,
    )
    const fixed = values.length === 0 ? '' : `      case $before in\n${values.join('')}      esac\n`
    return `    '${entry.noun} ${entry.verb}')\n${fixed}      words='${options(entry).join(' ')}' ;;\n`
  })
  const groups = nouns(list).map(
    (noun) =>
      `      ${noun}) words='${verbs(list, noun)
        .map(({ verb }) => verb)
        .join(' ')}' ;;\n`,
  )
  return `# bash completion of iserv-ctl: source <(iserv-ctl completion bash)
_iserv_ctl() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${nouns(list).join(' ')} --help --version'
  elif [ "$COMP_CWORD" -eq 2 ]; then
    case \${COMP_WORDS[1]} in
${groups.join('')}    esac
  else
    case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${cases.join('')}    esac
    [ "\${word#-}" = "$word" ] && return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _iserv_ctl iserv-ctl
`
}

/** Script for zsh, with the summaries beside the words. */
export function zshScript(list: readonly Completable[]): string {
  const groups = nouns(list).map((noun) => {
    const words = verbs(list, noun).map(({ verb, summary }) => `'${verb}:${quoted(summary)}'`)
    return `      ${noun}) words=(${words.join(' ')}); _describe verb words ;;\n`
  })
  const cases = list.map((entry) => {
    const named = entry.arguments.filter(({ positional }) => !positional).map((argument) => `'${zshOption(argument)}'`)
    const every = everywhere.map((label) => `'${label}'`)
    return `    '${entry.noun} ${entry.verb}') _arguments ${[...named, ...every, "'*:file:_files'"].join(' ')} ;;\n`
  })
  return `#compdef iserv-ctl
# zsh completion of iserv-ctl: source <(iserv-ctl completion zsh)
_iserv_ctl() {
  local -a words_before=("\${words[@]}")
  if (( CURRENT == 2 )); then
    local -a words=(${nouns(list).join(' ')} --help --version)
    compadd -a words
  elif (( CURRENT == 3 )); then
    local noun=$words[2]
    local -a words
    case $noun in
${groups.join('')}    esac
  else
    local command="$words[2] $words[3]"
    shift 2 words
    (( CURRENT -= 2 ))
    case $command in
${cases.join('')}    esac
  fi
}
compdef _iserv_ctl iserv-ctl
`
}

function zshOption({ label, kind, description, value, choices: words }: Argument): string {
  const repeat = kind === 'list' ? '*' : ''
  const told = quoted(description).replaceAll(/[[\]]/g, '\\$&')
  if (kind === 'flag' || kind === 'off') return `${repeat}${label}[${told}]`
  const values = words.length > 0 ? `(${words.join(' ')})` : '_files'
  return `${repeat}${label}[${told}]:${value}:${values}`
}

/** Script for fish. */
export function fishScript(list: readonly Completable[]): string {
  const lines = ['# fish completion of iserv-ctl: iserv-ctl completion fish | source', 'complete -c iserv-ctl -f']
  const all = nouns(list)
  const fresh = `not __fish_seen_subcommand_from ${all.join(' ')}`
  lines.push(`complete -c iserv-ctl -n '${fresh}' -a '${all.join(' ')}'`)
  for (const noun of all) {
    const group = verbs(list, noun)
    const names = group.map(({ verb }) => verb).join(' ')
    for (const { verb, summary } of group) {
      const when = `__fish_seen_subcommand_from ${noun}; and not __fish_seen_subcommand_from ${names}`
      lines.push(`complete -c iserv-ctl -n '${when}' -a ${verb} -d '${quoted(summary)}'`)
    }
  }
  for (const entry of list) {
    const when = `__fish_seen_subcommand_from ${entry.noun}; and __fish_seen_subcommand_from ${entry.verb}`
    lines.push(`complete -c iserv-ctl -n '${when}' -F`)
    lines.push(`complete -c iserv-ctl -n '${when}' -l json -d 'The result as JSON'`)
    for (const { label, kind, description, choices: words } of entry.arguments.filter((known) => !known.positional)) {
      const value = kind === 'flag' || kind === 'off' ? '' : words.length > 0 ? ` -x -a '${words.join(' ')}'` : ' -r'
      lines.push(`complete -c iserv-ctl -n '${when}' -l ${label.slice(2)}${value} -d '${quoted(description)}'`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** Text inside single quotes of any of the three shells, and free of the colon that zsh splits at. */
function quoted(text: string): string {
  return text.replaceAll("'", '’').replaceAll(/[\\:\n]/g, ' ')
}
