import { errors } from '@strapi/utils';

import { withFrenchSpaces } from '../../../domain/french-spaces.ts';
import type { Problem } from '../../../domain/publish-rules.ts';
import { Unpublishable } from '../read-model/reproject.ts';

/**
 * Refuses a change: the admin shows each message at its field.
 * @throws ValidationError when there is a problem
 */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const list = problems.map(({ path, message }) => ({
    path: path.map(String),
    message: withFrenchSpaces(message),
    name: 'ValidationError',
  }));
  throw new errors.ValidationError(list.map(({ message }) => message).join(' '), { errors: list });
}

/**
 * Says in French that a change would make something published unfit for shoppers; other errors pass
 * as they are.
 */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Unpublishable)) return error;
  return new errors.ApplicationError(
    withFrenchSpaces(
      'Ce changement rendrait incomplet un élément publié de la boutique : complétez-le autrement, ou dépubliez-le d’abord.',
    ),
    { problems: error.problems },
  );
}
