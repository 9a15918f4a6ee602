package main

import (
	"encoding/json"
	"fmt"

	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// generate renders the template of an ApplicationSet for each element of its lists, as the controller does.
func generate(from document) ([]v1alpha1.Application, error) {
	set, err := strictly[v1alpha1.ApplicationSet](from)
	if err != nil {
		return nil, err
	}
	if err := utils.CheckInvalidGenerators(set); err != nil {
		return nil, err
	}
	var found []v1alpha1.Application
	for _, generator := range set.Spec.Generators {
		for _, element := range generator.List.Elements {
			own, err := render(set, element.Raw)
			if err != nil {
				return nil, fmt.Errorf("ApplicationSet %s: %w", set.Name, err)
			}
			found = append(found, *own)
		}
	}
	return found, nil
}

func render(set *v1alpha1.ApplicationSet, element []byte) (*v1alpha1.Application, error) {
	params := map[string]any{}
	if err := json.Unmarshal(element, &params); err != nil {
		return nil, err
	}
	meta := set.Spec.Template.ApplicationSetTemplateMeta
	template := &v1alpha1.Application{
		ObjectMeta: metav1.ObjectMeta{Name: meta.Name, Annotations: meta.Annotations, Labels: meta.Labels},
		Spec:       set.Spec.Template.Spec,
	}
	renderer := &utils.Render{}
	return renderer.RenderTemplateParams(
		template, set.Spec.SyncPolicy, params, set.Spec.GoTemplate, set.Spec.GoTemplateOptions,
	)
}
