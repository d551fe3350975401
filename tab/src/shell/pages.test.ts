import { expect, test } from 'vitest';
import { addressOf, type Page, pageOf } from './pages.ts';

const id = '01978f2e-4a3b-7c5d-8e9f-0a1b2c3d4e5f';

test('each page comes back from its address', () => {
  const pages: Page[] = [
    { name: 'home' },
    { name: 'book' },
    { name: 'book-team' },
    { name: 'book', sellerId: id },
    { name: 'review', id },
    { name: 'review', id, part: 'sign' },
    { name: 'records' },
    { name: 'record', id },
    { name: 'goal', id },
    { name: 'pair', id },
    { name: 'moments' },
    { name: 'moments', id },
    { name: 'growth', id },
    { name: 'choices' },
  ];
  for (const page of pages) {
    expect(pageOf(addressOf(page))).toEqual(page);
    expect(pageOf(`#/${addressOf(page)}`)).toEqual(page);
  }
});

test('what is no address opens the home page', () => {
  for (const address of ['', 'nowhere', 'review', 'review/<script>', `unknown/${id}`, 'record/../../x']) {
    expect(pageOf(address)).toEqual({ name: 'home' });
  }
  expect(pageOf(`review/${id}/unknown`)).toEqual({ name: 'review', id });
});
