import { hash } from 'node:crypto'

/** Sixteen hex digits that differ when the value differs. Keys of objects count in the order they were written. */
export function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 16)
}
