import { createRoot } from 'react-dom/client';
import { Workplace } from './workplace.tsx';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Workplace />);
