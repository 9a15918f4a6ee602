{{- define "fleet.labels" -}}
app.kubernetes.io/instance: {{ .team }}-{{ .name }}
app.kubernetes.io/name: {{ .team }}-{{ .name }}
{{- end }}
