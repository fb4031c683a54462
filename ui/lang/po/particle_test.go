package po_test

import (
	"regexp"
	"testing"
)

// A Korean particle has two forms; the last sound of the word before it decides which. The value of a verb is not known when the
// sentence is written, so neither both forms, 은(는), nor one of them may follow it: a noun stands between, or the value follows a label.
var (
	bothForms = regexp.MustCompile(`[은이을와과]\([는가를과와]\)|[는가를]\([은이을]\)|\([은는이가을를와과]\)|\(으\)로|\(이\)`)
	glued     = regexp.MustCompile(`%(\[\d\])?[-+ #0]*\d*[sdqvx]["'”’]?(은|는|이|가|을|를|와|과|으로|로|이나|나|라는|이라는|라고|이라고)([ .,:;)?!]|$)`)
)

// TestParticles: no Korean sentence has a particle that fits only some values.
func TestParticles(t *testing.T) {
	for sentence, tr := range translations(t)["ko"].GetDomain().GetTranslations() {
		for _, form := range tr.Trs {
			for _, wrong := range []string{bothForms.FindString(form), glued.FindString(form)} {
				if wrong != "" {
					t.Errorf("%q follows a value in %q, the translation of %q: put a noun between, or the value after a label", wrong, form, sentence)
				}
			}
		}
	}
}

// TestParticleForms: what the check finds, and what it leaves.
func TestParticleForms(t *testing.T) {
	for form, want := range map[string]bool{
		"노드 %s은(는) 이 변경에 없습니다": true, "%q(으)로 리디렉션됨": true, "%[2]s를 삭제": true, "포트 %d이 응답하지 않음": true, "세션 \"%s\"와 모든 파일": true, "%s(이)라는 이름": true,
		"%s 노드는 이 변경에 없습니다": false, "%d번 포트가 응답하지 않음": false, "%s에서 %s까지": false, "인증서(%s)를 교체": false, "%d로그": false, "노드 %s의 이름": false,
	} {
		if found := bothForms.MatchString(form) || glued.MatchString(form); found != want {
			t.Errorf("%q: found %v, not %v", form, found, want)
		}
	}
}
