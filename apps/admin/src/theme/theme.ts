'use client';
/** Mantine's theme: neutral greys, one accent. Colours of statuses and surfaces are custom properties in `tokens.css`. */
import { createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = ['#eef1fd', '#dce1f9', '#b6c0f1', '#8e9de9', '#6c7fe2', '#566bde', '#4a60d6', '#3b50bd', '#3347a8', '#283a8f'];
const gray: MantineColorsTuple = ['#f8f9fa', '#f2f3f5', '#e7e9ec', '#d9dce1', '#c3c8cf', '#9aa1ab', '#6b7280', '#4b525d', '#2f353e', '#1b1f26'];
const dark: MantineColorsTuple = ['#d6d9de', '#b4b9c1', '#9097a2', '#5f6672', '#3a404a', '#2b3038', '#20242b', '#191c22', '#131519', '#0d0f12'];
const DIALOG = { centered: true, transitionProps: { duration: 120 } };

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent, gray, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem', lineHeight: '1.3' }, h2: { fontSize: '0.9375rem', lineHeight: '1.35' }, h3: { fontSize: '0.875rem', lineHeight: '1.4' } },
  },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false, events: { hover: true, focus: true, touch: false } } },
    // The placeholder is an element that a menu may not have; the first item takes the focus instead.
    Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false, transitionProps: { duration: 80 } } },
    // `Modal.Root` is the one of `Dialog`. The header of the other is no banner of the page.
    ModalRoot: { defaultProps: DIALOG },
    Modal: { defaultProps: { ...DIALOG, attributes: { header: { role: 'presentation' } } }, styles: { title: { fontSize: '0.875rem', fontWeight: 600 } } },
  },
});
