/** The kinds of policies in CEL, known without what compiles their expressions. */
export const POLICY = 'ValidatingAdmissionPolicy';
export const BINDING = 'ValidatingAdmissionPolicyBinding';
export const API_VERSION = 'admissionregistration.k8s.io/v1';
