/** What the council's pages share. */
import type { VNode } from 'preact';
import type { Refused } from '../page';
import { REFUSAL_ID } from '../parts/forms';
import { Note } from '../parts/panel';
import { withoutSource } from './words';

/** What a refused form says as a whole; `nameOf` gives the words for what a problem is about, null where the field itself shows it. */
export function Refusal({
  refused,
  nameOf = () => undefined,
}: {
  refused: Refused | undefined;
  nameOf?: (field: string) => string | null | undefined;
}): VNode | null {
  if (!refused?.message) return null;
  const told = refused.problems.flatMap(({ field, message }) => {
    const name = nameOf(field);
    return name === null ? [] : [{ key: `${field} ${message.en}`, name, message: message.vi }];
  });
  return (
    <Note look="late" alert id={REFUSAL_ID}>
      <b>{refused.message}</b>
      {told.length > 0 && (
        <ul>
          {told.map(({ key, name, message }) => (
            <li key={key}>
              {name === undefined ? (
                message
              ) : (
                <>
                  {name}: {withoutSource(message).text}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
