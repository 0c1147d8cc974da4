import { errors } from '@strapi/utils';
import { failure } from '@comptoir/contracts';

/**
 * The image store did not answer: nothing was kept, and trying again later makes sense. Strapi's
 * own errors know no 503.
 */
export class StorageUnavailable extends errors.ApplicationError {
  constructor() {
    super(
      'Le stockage des images ne répond pas : rien n’a été enregistré. Réessayez dans quelques minutes.',
    );
  }
}

interface Answer {
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

/** Answers 503 with `Retry-After` when `work` finds the store unavailable; other errors pass. */
export async function answer503IfUnavailable(
  answer: Answer,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageUnavailable)) throw error;
    answer.status = 503;
    answer.set('Retry-After', '30');
    answer.body = failure(503, error.message);
    return undefined;
  }
}
