import createClient from 'openapi-fetch';
import { preferences } from '../preferences';
import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema';
import type { Page } from './types';

const PAGE_LENGTH = 100;

/**
 * The typed client. The questions of each group of pages stand in files of their own beside this
 * one, so that nobody loads those of the others.
 */
export const http = newClient(null);

export type Client = ReturnType<typeof newClient>;

const clients = new Map<string, Client>();

/**
 * The client that asks in the name of a learner, by the id of a counter session or a guardianship;
 * with null, everybody's own.
 */
export function clientFor(actingFor: string | null): Client {
  if (actingFor === null) return http;
  const client = clients.get(actingFor) ?? newClient(actingFor);
  clients.set(actingFor, client);
  return client;
}

function newClient(actingFor: string | null) {
  const client = createClient<paths>({
    // Looked up at each call, so that whatever wraps fetch later is used.
    fetch: (request) => fetch(request),
  });
  client.use({
    onRequest({ request }) {
      request.headers.set('accept', 'application/json');
      request.headers.set('accept-language', preferences.get().language);
      if (actingFor !== null) request.headers.set('acting-for', actingFor);
      return request;
    },
  });
  return client;
}

interface Reply<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; a refusal is thrown as {@link ApiProblem}. */
export async function answer<T>(call: Promise<Reply<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw problemOf(response.status, error);
  return data;
}

/** The same for a call whose good answer has no body. */
export async function done(call: Promise<Reply<unknown>>): Promise<void> {
  const { error, response } = await call;
  if (!response.ok) throw problemOf(response.status, error);
}

/** A form with one file, as the service takes uploads. */
export function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

/** The query of one part of a long list: from the start, or after the last item seen. */
export function page(after: string | null): { limit: number; after?: string } {
  return { limit: PAGE_LENGTH, ...(after !== null && { after }) };
}

/** Reads a list to its end. For lists of one person or district: tens of items, not thousands. */
export async function all<T>(read: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const part: Page<T> = await read(after);
    items.push(...part.items);
    after = part.next;
  } while (after !== null);
  return items;
}

/** An expected refusal as `null`; the session of nobody, for example. */
export async function absentAs<T>(status: number, reply: Promise<T>): Promise<T | null> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === status) return null;
    throw error;
  }
}
