import type { Json, JsonObject } from './schema.ts'

/** Looking into JSON that somebody else wrote: what is not there, or is something else, counts as empty. */

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).map((entry) => objectOf(entry)) : []
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
