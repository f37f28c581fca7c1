export { default } from 'create-hcnode/generator';
