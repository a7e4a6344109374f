@echo off
rem Starts the tfbit command; builds it first when nothing is built yet. Untested.
rem   JAVA_HOME        the JDK to use (17 or newer); otherwise the java on the path
rem   TFBIT_JAVA_OPTS  more options for the JVM, such as -Xmx4g
setlocal
set "ROOT=%~dp0.."
set "LIB=%ROOT%\cli\target\tfbit\lib"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo tfbit: expected a JDK of version 17 or newer, found none; install one, or set JAVA_HOME >&2
  exit /b 1
)

if exist "%LIB%\tfbit-cli-*.jar" goto built
echo tfbit: building once with Maven (1 to 5 minutes) ... >&2
pushd "%ROOT%"
call mvn -B -q -DskipTests -pl cli -am package 1>&2
set "BUILD=%ERRORLEVEL%"
popd
if not "%BUILD%"=="0" (
  echo tfbit: expected a build without errors, found the errors above; correct them and try again >&2
  exit /b 1
)
echo tfbit: built; after changing sources rebuild with: mvn -q -DskipTests package >&2
:built
for %%J in ("%LIB%\tfbit-cli-*.jar") do set "JAR=%%J"

set "ACCESS="
for /f "tokens=3" %%V in ('""%JAVA%" -version 2>&1 | findstr /c:"version \""') do set "VERSION=%%~V"
for /f "delims=.-+ tokens=1" %%V in ("%VERSION%") do set "MAJOR=%%V"
if %MAJOR% LSS 17 (
  echo tfbit: expected a JDK of version 17 or newer, found %VERSION%; install one, or set JAVA_HOME >&2
  exit /b 1
)
if %MAJOR% GEQ 24 set "ACCESS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=3"

"%JAVA%" -Djava.awt.headless=true -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 "-Dtfbit.home=%ROOT%" -Djdk.http.auth.tunneling.disabledSchemes= ^
  %ACCESS% %TFBIT_JAVA_OPTS% -cp "%JAR%" io.github.tfbit.cli.Main %*
exit /b %ERRORLEVEL%
