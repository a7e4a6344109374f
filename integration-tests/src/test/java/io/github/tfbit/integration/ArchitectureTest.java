package io.github.tfbit.integration;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows and invariants of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final String CHECKPOINTS = "io.github.tfbit.checkpoints..";
  private static final String CONVERTERS = "io.github.tfbit.converters..";
  private static final String SERVING = "io.github.tfbit.serving..";
  private static final String CLI = "io.github.tfbit.cli..";
  private static final String[] TFBIT = {
    "io.github.tfbit",
    "io.github.tfbit.batch..",
    "io.github.tfbit.contract..",
    "io.github.tfbit.data..",
    "io.github.tfbit.doctor..",
    "io.github.tfbit.evaluate..",
    "io.github.tfbit.export..",
    "io.github.tfbit.features..",
    "io.github.tfbit.fewshot..",
    "io.github.tfbit.graph..",
    "io.github.tfbit.image..",
    "io.github.tfbit.plan..",
    "io.github.tfbit.report..",
    "io.github.tfbit.state..",
    "io.github.tfbit.survey..",
    "io.github.tfbit.train.."
  };

  private static JavaClasses project;

  @BeforeAll
  static void readProductionClasses() {
    ImportOption production =
        location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");
    project =
        new ClassFileImporter()
            .withImportOption(production)
            .withImportOption(location -> !location.contains("/integration-tests/"))
            .importPackages("io.github.tfbit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.github.tfbit.checkpoints",
        "io.github.tfbit.converters",
        "io.github.tfbit",
        "io.github.tfbit.serving"
      })
  void seesEveryModule(String name) {
    assertTrue(project.containPackage(name), name);
  }

  @Test
  void modulesFormALine() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("checkpoints")
        .definedBy(CHECKPOINTS)
        .layer("converters")
        .definedBy(CONVERTERS)
        .layer("tfbit")
        .definedBy(TFBIT)
        .layer("serving")
        .definedBy(SERVING)
        .optionalLayer("cli")
        .definedBy(CLI)
        .whereLayer("checkpoints")
        .mayNotAccessAnyLayer()
        .whereLayer("converters")
        .mayOnlyAccessLayers("checkpoints")
        .whereLayer("tfbit")
        .mayOnlyAccessLayers("converters", "checkpoints")
        .whereLayer("serving")
        .mayOnlyAccessLayers("tfbit", "converters", "checkpoints")
        .ensureAllClassesAreContainedInArchitecture()
        .check(project);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.github.(**)").should().beFreeOfCycles().check(project);
  }

  @Test
  void nothingInTheLibraryKnowsItsDoor() {
    noClasses()
        .that(resideInAnyPackage(TFBIT).and(resideInAPackage("io.github.tfbit.*..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.tfbit")
        .allowEmptyShould(true)
        .check(project);
  }

  @Test
  void networkKnowsNeitherPicturesNorTraining() {
    noClasses()
        .that()
        .resideInAPackage("io.github.tfbit.graph..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.github.tfbit.contract..",
            "io.github.tfbit.data..",
            "io.github.tfbit.evaluate..",
            "io.github.tfbit.export..",
            "io.github.tfbit.image..",
            "io.github.tfbit.report..",
            "io.github.tfbit.state..",
            "io.github.tfbit.train..")
        .allowEmptyShould(true)
        .check(project);
  }

  @Test
  void filesAndNamesAndDataSetsNeedNoTensorFlow() {
    noClasses()
        .that()
        .resideInAnyPackage(
            CHECKPOINTS, CONVERTERS, "io.github.tfbit.data..", "io.github.tfbit.batch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(project);
  }

  @Test
  void filesAndNamesNeedLittle() {
    classes()
        .that()
        .resideInAnyPackage(CHECKPOINTS, CONVERTERS)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.net.ssl..",
            CHECKPOINTS,
            CONVERTERS,
            "com.google.common..",
            "com.google.errorprone..",
            "com.google.gson..",
            "com.google.protobuf..",
            "org.apache.commons.compress..")
        .check(project);
  }

  @Test
  void onlyTheCommandWritesToStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should(ACCESS_STANDARD_STREAMS)
        .because("libraries log through System.Logger")
        .check(project);
  }

  @Test
  void librariesLogThroughSystemLoggerOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..",
            "org.slf4j..",
            "org.apache.commons.logging..",
            "org.apache.log4j..")
        .check(project);
  }

  @Test
  void onlyTheCommandParsesCommandLines() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(project);
  }
}
