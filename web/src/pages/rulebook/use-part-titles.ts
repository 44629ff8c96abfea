import { useQuery } from '@tanstack/react-query';
import { draftsApi } from '../../api/drafts';
import type { Text } from '../../parts/format';
import { useFormat } from '../../parts/use-format';

/** What the rules and limits of a draft are called, by their id; the id where there is no title. */
export function usePartTitles(draftId: string): (id: string) => string {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['drafts', draftId],
    queryFn: () => draftsApi.draft(draftId),
  });
  const { rules = [], caps = [] } = (data?.document ?? {}) as Parts;
  const titles = new Map([...rules, ...caps].map(({ id, title }) => [id, title]));
  return (id) => {
    const title = titles.get(id);
    return title ? format.text(title) : id;
  };
}

interface Part {
  readonly id: string;
  readonly title?: Text;
}

/** As much of the canonical document as is read here. */
interface Parts {
  readonly rules?: readonly Part[];
  readonly caps?: readonly Part[];
}
