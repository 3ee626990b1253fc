/// <reference types="next" />

// Fonts are imported for their effect only.
declare module '@fontsource-variable/inter';
declare module '@fontsource-variable/jetbrains-mono';
