// The floor of opening: React with one field, and nothing else.
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(createElement('textarea', { 'aria-label': 'Note' }));
