// Every place in the tab, and its address: the text after `#/`, which is also the subPageId of a deep link.

export const reviewParts = ['prepare', 'run', 'sign', 'reflect'] as const;
export type ReviewPart = (typeof reviewParts)[number];

export type Page =
  | { name: 'home' }
  | { name: 'book'; sellerId?: string }
  | { name: 'book-team' }
  /** Without a part, the one that fits the review's phase opens. */
  | { name: 'review'; id: string; part?: ReviewPart }
  | { name: 'records' }
  | { name: 'record'; id: string }
  | { name: 'goal'; id: string }
  | { name: 'pair'; id: string }
  | { name: 'moments'; id?: string }
  | { name: 'growth'; id: string }
  | { name: 'choices' }
  | { name: 'admin' };

export function addressOf(page: Page): string {
  switch (page.name) {
    case 'home':
    case 'book-team':
    case 'records':
    case 'choices':
    case 'admin':
      return page.name;
    case 'book':
      return page.sellerId === undefined ? 'book' : `book/${page.sellerId}`;
    case 'review':
      return page.part === undefined ? `review/${page.id}` : `review/${page.id}/${page.part}`;
    case 'moments':
      return page.id === undefined ? 'moments' : `moments/${page.id}`;
    default:
      return `${page.name}/${page.id}`;
  }
}

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An address that means nothing opens the home page: links live longer than pages. */
export function pageOf(address: string): Page {
  const [name = '', id, part] = address.replace(/^#?\/?/, '').split('/');
  if (id !== undefined && !idShape.test(id)) return { name: 'home' };
  switch (name) {
    case 'book':
      return id === undefined ? { name } : { name, sellerId: id };
    case 'moments':
      return id === undefined ? { name } : { name, id };
    case 'book-team':
    case 'records':
    case 'choices':
    case 'admin':
      return { name };
    case 'review': {
      if (id === undefined) return { name: 'home' };
      const known = reviewParts.find((one) => one === part);
      return known === undefined ? { name, id } : { name, id, part: known };
    }
    case 'record':
    case 'goal':
    case 'pair':
    case 'growth':
      return id === undefined ? { name: 'home' } : { name, id };
    default:
      return { name: 'home' };
  }
}
